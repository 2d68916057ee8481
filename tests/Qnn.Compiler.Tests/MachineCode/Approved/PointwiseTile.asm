0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             r11, [rdi+28]
0019 vmovdqu32       zmm30, [r10+40]
0020 vmovdqu32       zmm29, [r10]
0026 cmp             r11, 6
002a jge             short 000000000000004B
002c mov             eax, 6
0031 sub             rax, r11
0034 imul            rbx, rax, 0C0
003b sub             rsi, rbx
003e imul            rbx, rax, 40
0042 sub             rcx, rbx
0045 mov             r11d, 6
004b vmovdqu32       zmm0, [r9]
0051 vmovdqa32       zmm4, zmm0
0057 vmovdqa32       zmm8, zmm0
005d vmovdqa32       zmm12, zmm0
0063 vmovdqa32       zmm16, zmm0
0069 vmovdqa32       zmm20, zmm0
006f vmovdqu32       zmm1, [r9+0C0]
0076 vmovdqa32       zmm5, zmm1
007c vmovdqa32       zmm9, zmm1
0082 vmovdqa32       zmm13, zmm1
0088 vmovdqa32       zmm17, zmm1
008e vmovdqa32       zmm21, zmm1
0094 vmovdqu32       zmm2, [r9+180]
009b vmovdqa32       zmm6, zmm2
00a1 vmovdqa32       zmm10, zmm2
00a7 vmovdqa32       zmm14, zmm2
00ad vmovdqa32       zmm18, zmm2
00b3 vmovdqa32       zmm22, zmm2
00b9 vmovdqu32       zmm3, [r9+240]
00c0 vmovdqa32       zmm7, zmm3
00c6 vmovdqa32       zmm11, zmm3
00cc vmovdqa32       zmm15, zmm3
00d2 vmovdqa32       zmm19, zmm3
00d8 vmovdqa32       zmm23, zmm3
00de lea             rax, [rsi]
00e1 lea             rdx, [r8]
00e4 mov             ebx, 30
00e9 vmovdqu32       zmm24, [rdx]
00ef vmovdqu32       zmm25, [rdx+0C00]
00f6 vmovdqu32       zmm26, [rdx+1800]
00fd vmovdqu32       zmm27, [rdx+2400]
0107 vpbroadcastd    zmm28, [rax]
010d vpdpbusd        zmm0, zmm28, zmm24
0113 vpdpbusd        zmm1, zmm28, zmm25
0119 vpdpbusd        zmm2, zmm28, zmm26
011f vpdpbusd        zmm3, zmm28, zmm27
0125 vpbroadcastd    zmm28, [rax+0C0]
012c vpdpbusd        zmm4, zmm28, zmm24
0132 vpdpbusd        zmm5, zmm28, zmm25
0138 vpdpbusd        zmm6, zmm28, zmm26
013e vpdpbusd        zmm7, zmm28, zmm27
0144 vpbroadcastd    zmm28, [rax+180]
014b vpdpbusd        zmm8, zmm28, zmm24
0151 vpdpbusd        zmm9, zmm28, zmm25
0157 vpdpbusd        zmm10, zmm28, zmm26
015d vpdpbusd        zmm11, zmm28, zmm27
0163 vpbroadcastd    zmm28, [rax+240]
016d vpdpbusd        zmm12, zmm28, zmm24
0173 vpdpbusd        zmm13, zmm28, zmm25
0179 vpdpbusd        zmm14, zmm28, zmm26
017f vpdpbusd        zmm15, zmm28, zmm27
0185 vpbroadcastd    zmm28, [rax+300]
018f vpdpbusd        zmm16, zmm28, zmm24
0195 vpdpbusd        zmm17, zmm28, zmm25
019b vpdpbusd        zmm18, zmm28, zmm26
01a1 vpdpbusd        zmm19, zmm28, zmm27
01a7 vpbroadcastd    zmm28, [rax+3C0]
01b1 vpdpbusd        zmm20, zmm28, zmm24
01b7 vpdpbusd        zmm21, zmm28, zmm25
01bd vpdpbusd        zmm22, zmm28, zmm26
01c3 vpdpbusd        zmm23, zmm28, zmm27
01c9 add             rax, 4
01cf add             rdx, 40
01d3 dec             ebx
01d5 jne             near 00000000000000E9
01db vcvtdq2ps       zmm0, zmm0
01e1 vmulps          zmm0, zmm0, [r9+40]
01e8 vcvtps2dq       zmm0, zmm0
01ee vcvtdq2ps       zmm1, zmm1
01f4 vmulps          zmm1, zmm1, [r9+100]
01fb vcvtps2dq       zmm1, zmm1
0201 vcvtdq2ps       zmm2, zmm2
0207 vmulps          zmm2, zmm2, [r9+1C0]
020e vcvtps2dq       zmm2, zmm2
0214 vcvtdq2ps       zmm3, zmm3
021a vmulps          zmm3, zmm3, [r9+280]
0221 vcvtps2dq       zmm3, zmm3
0227 vpackssdw       zmm0, zmm0, zmm1
022d vpaddsw         zmm0, zmm0, zmm30
0233 vpackssdw       zmm2, zmm2, zmm3
0239 vpaddsw         zmm2, zmm2, zmm30
023f vpackuswb       zmm0, zmm0, zmm2
0245 vpermd          zmm0, zmm29, zmm0
024b vmovdqu8        [rcx], zmm0
0251 vcvtdq2ps       zmm4, zmm4
0257 vmulps          zmm4, zmm4, [r9+40]
025e vcvtps2dq       zmm4, zmm4
0264 vcvtdq2ps       zmm5, zmm5
026a vmulps          zmm5, zmm5, [r9+100]
0271 vcvtps2dq       zmm5, zmm5
0277 vcvtdq2ps       zmm6, zmm6
027d vmulps          zmm6, zmm6, [r9+1C0]
0284 vcvtps2dq       zmm6, zmm6
028a vcvtdq2ps       zmm7, zmm7
0290 vmulps          zmm7, zmm7, [r9+280]
0297 vcvtps2dq       zmm7, zmm7
029d vpackssdw       zmm4, zmm4, zmm5
02a3 vpaddsw         zmm4, zmm4, zmm30
02a9 vpackssdw       zmm6, zmm6, zmm7
02af vpaddsw         zmm6, zmm6, zmm30
02b5 vpackuswb       zmm4, zmm4, zmm6
02bb vpermd          zmm4, zmm29, zmm4
02c1 vmovdqu8        [rcx+40], zmm4
02c8 vcvtdq2ps       zmm8, zmm8
02ce vmulps          zmm8, zmm8, [r9+40]
02d5 vcvtps2dq       zmm8, zmm8
02db vcvtdq2ps       zmm9, zmm9
02e1 vmulps          zmm9, zmm9, [r9+100]
02e8 vcvtps2dq       zmm9, zmm9
02ee vcvtdq2ps       zmm10, zmm10
02f4 vmulps          zmm10, zmm10, [r9+1C0]
02fb vcvtps2dq       zmm10, zmm10
0301 vcvtdq2ps       zmm11, zmm11
0307 vmulps          zmm11, zmm11, [r9+280]
030e vcvtps2dq       zmm11, zmm11
0314 vpackssdw       zmm8, zmm8, zmm9
031a vpaddsw         zmm8, zmm8, zmm30
0320 vpackssdw       zmm10, zmm10, zmm11
0326 vpaddsw         zmm10, zmm10, zmm30
032c vpackuswb       zmm8, zmm8, zmm10
0332 vpermd          zmm8, zmm29, zmm8
0338 vmovdqu8        [rcx+80], zmm8
033f vcvtdq2ps       zmm12, zmm12
0345 vmulps          zmm12, zmm12, [r9+40]
034c vcvtps2dq       zmm12, zmm12
0352 vcvtdq2ps       zmm13, zmm13
0358 vmulps          zmm13, zmm13, [r9+100]
035f vcvtps2dq       zmm13, zmm13
0365 vcvtdq2ps       zmm14, zmm14
036b vmulps          zmm14, zmm14, [r9+1C0]
0372 vcvtps2dq       zmm14, zmm14
0378 vcvtdq2ps       zmm15, zmm15
037e vmulps          zmm15, zmm15, [r9+280]
0385 vcvtps2dq       zmm15, zmm15
038b vpackssdw       zmm12, zmm12, zmm13
0391 vpaddsw         zmm12, zmm12, zmm30
0397 vpackssdw       zmm14, zmm14, zmm15
039d vpaddsw         zmm14, zmm14, zmm30
03a3 vpackuswb       zmm12, zmm12, zmm14
03a9 vpermd          zmm12, zmm29, zmm12
03af vmovdqu8        [rcx+0C0], zmm12
03b6 vcvtdq2ps       zmm16, zmm16
03bc vmulps          zmm16, zmm16, [r9+40]
03c3 vcvtps2dq       zmm16, zmm16
03c9 vcvtdq2ps       zmm17, zmm17
03cf vmulps          zmm17, zmm17, [r9+100]
03d6 vcvtps2dq       zmm17, zmm17
03dc vcvtdq2ps       zmm18, zmm18
03e2 vmulps          zmm18, zmm18, [r9+1C0]
03e9 vcvtps2dq       zmm18, zmm18
03ef vcvtdq2ps       zmm19, zmm19
03f5 vmulps          zmm19, zmm19, [r9+280]
03fc vcvtps2dq       zmm19, zmm19
0402 vpackssdw       zmm16, zmm16, zmm17
0408 vpaddsw         zmm16, zmm16, zmm30
040e vpackssdw       zmm18, zmm18, zmm19
0414 vpaddsw         zmm18, zmm18, zmm30
041a vpackuswb       zmm16, zmm16, zmm18
0420 vpermd          zmm16, zmm29, zmm16
0426 vmovdqu8        [rcx+100], zmm16
042d vcvtdq2ps       zmm20, zmm20
0433 vmulps          zmm20, zmm20, [r9+40]
043a vcvtps2dq       zmm20, zmm20
0440 vcvtdq2ps       zmm21, zmm21
0446 vmulps          zmm21, zmm21, [r9+100]
044d vcvtps2dq       zmm21, zmm21
0453 vcvtdq2ps       zmm22, zmm22
0459 vmulps          zmm22, zmm22, [r9+1C0]
0460 vcvtps2dq       zmm22, zmm22
0466 vcvtdq2ps       zmm23, zmm23
046c vmulps          zmm23, zmm23, [r9+280]
0473 vcvtps2dq       zmm23, zmm23
0479 vpackssdw       zmm20, zmm20, zmm21
047f vpaddsw         zmm20, zmm20, zmm30
0485 vpackssdw       zmm22, zmm22, zmm23
048b vpaddsw         zmm22, zmm22, zmm30
0491 vpackuswb       zmm20, zmm20, zmm22
0497 vpermd          zmm20, zmm29, zmm20
049d vmovdqu8        [rcx+140], zmm20
04a4 add             rsi, 480
04ab add             rcx, 180
04b2 sub             r11, 6
04b6 jg              near 0000000000000026
04bc vzeroupper
04bf pop             rbp
04c0 pop             rbx
04c1 ret
