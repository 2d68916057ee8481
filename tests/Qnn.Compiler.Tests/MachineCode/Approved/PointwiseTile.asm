0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 cmp             r11, 6
001c jge             short 000000000000003A
001e mov             eax, 6
0023 sub             rax, r11
0026 imul            rdx, rax, 60
002a sub             rsi, rdx
002d imul            rdx, rax, 40
0031 sub             rcx, rdx
0034 mov             r11d, 6
003a vmovdqu32       zmm0, [r9]
0040 vmovdqu32       zmm1, [r9+0C0]
0047 vmovdqu32       zmm2, [r9+180]
004e vmovdqu32       zmm3, [r9+240]
0055 vmovdqa32       zmm4, zmm0
005b vmovdqa32       zmm5, zmm1
0061 vmovdqa32       zmm6, zmm2
0067 vmovdqa32       zmm7, zmm3
006d vmovdqa32       zmm8, zmm0
0073 vmovdqa32       zmm9, zmm1
0079 vmovdqa32       zmm10, zmm2
007f vmovdqa32       zmm11, zmm3
0085 vmovdqa32       zmm12, zmm0
008b vmovdqa32       zmm13, zmm1
0091 vmovdqa32       zmm14, zmm2
0097 vmovdqa32       zmm15, zmm3
009d vmovdqa32       zmm16, zmm0
00a3 vmovdqa32       zmm17, zmm1
00a9 vmovdqa32       zmm18, zmm2
00af vmovdqa32       zmm19, zmm3
00b5 vmovdqa32       zmm20, zmm0
00bb vmovdqa32       zmm21, zmm1
00c1 vmovdqa32       zmm22, zmm2
00c7 vmovdqa32       zmm23, zmm3
00cd lea             rax, [rsi]
00d0 lea             rdx, [r8]
00d3 mov             ebx, 18
00d8 vmovdqu32       zmm24, [rdx]
00de vmovdqu32       zmm25, [rdx+600]
00e5 vmovdqu32       zmm26, [rdx+0C00]
00ec vmovdqu32       zmm27, [rdx+1200]
00f3 vpbroadcastd    zmm28, [rax]
00f9 vpdpbusd        zmm0, zmm28, zmm24
00ff vpdpbusd        zmm1, zmm28, zmm25
0105 vpdpbusd        zmm2, zmm28, zmm26
010b vpdpbusd        zmm3, zmm28, zmm27
0111 vpbroadcastd    zmm29, [rax+60]
0118 vpdpbusd        zmm4, zmm29, zmm24
011e vpdpbusd        zmm5, zmm29, zmm25
0124 vpdpbusd        zmm6, zmm29, zmm26
012a vpdpbusd        zmm7, zmm29, zmm27
0130 vpbroadcastd    zmm28, [rax+0C0]
0137 vpdpbusd        zmm8, zmm28, zmm24
013d vpdpbusd        zmm9, zmm28, zmm25
0143 vpdpbusd        zmm10, zmm28, zmm26
0149 vpdpbusd        zmm11, zmm28, zmm27
014f vpbroadcastd    zmm29, [rax+120]
0156 vpdpbusd        zmm12, zmm29, zmm24
015c vpdpbusd        zmm13, zmm29, zmm25
0162 vpdpbusd        zmm14, zmm29, zmm26
0168 vpdpbusd        zmm15, zmm29, zmm27
016e vpbroadcastd    zmm28, [rax+180]
0175 vpdpbusd        zmm16, zmm28, zmm24
017b vpdpbusd        zmm17, zmm28, zmm25
0181 vpdpbusd        zmm18, zmm28, zmm26
0187 vpdpbusd        zmm19, zmm28, zmm27
018d vpbroadcastd    zmm29, [rax+1E0]
0194 vpdpbusd        zmm20, zmm29, zmm24
019a vpdpbusd        zmm21, zmm29, zmm25
01a0 vpdpbusd        zmm22, zmm29, zmm26
01a6 vpdpbusd        zmm23, zmm29, zmm27
01ac add             rax, 4
01b2 add             rdx, 40
01b6 dec             ebx
01b8 jne             near 00000000000000D8
01be vmovdqu32       zmm24, [r10+40]
01c5 vmovdqu32       zmm25, [r10]
01cb vcvtdq2ps       zmm0, zmm0
01d1 vmulps          zmm0, zmm0, [r9+40]
01d8 vcvtps2dq       zmm0, zmm0
01de vcvtdq2ps       zmm1, zmm1
01e4 vmulps          zmm1, zmm1, [r9+100]
01eb vcvtps2dq       zmm1, zmm1
01f1 vcvtdq2ps       zmm2, zmm2
01f7 vmulps          zmm2, zmm2, [r9+1C0]
01fe vcvtps2dq       zmm2, zmm2
0204 vcvtdq2ps       zmm3, zmm3
020a vmulps          zmm3, zmm3, [r9+280]
0211 vcvtps2dq       zmm3, zmm3
0217 vpackssdw       zmm0, zmm0, zmm1
021d vpaddsw         zmm0, zmm0, zmm24
0223 vpackssdw       zmm2, zmm2, zmm3
0229 vpaddsw         zmm2, zmm2, zmm24
022f vpackuswb       zmm0, zmm0, zmm2
0235 vpermd          zmm0, zmm25, zmm0
023b vmovdqu8        [rcx], zmm0
0241 vcvtdq2ps       zmm4, zmm4
0247 vmulps          zmm4, zmm4, [r9+40]
024e vcvtps2dq       zmm4, zmm4
0254 vcvtdq2ps       zmm5, zmm5
025a vmulps          zmm5, zmm5, [r9+100]
0261 vcvtps2dq       zmm5, zmm5
0267 vcvtdq2ps       zmm6, zmm6
026d vmulps          zmm6, zmm6, [r9+1C0]
0274 vcvtps2dq       zmm6, zmm6
027a vcvtdq2ps       zmm7, zmm7
0280 vmulps          zmm7, zmm7, [r9+280]
0287 vcvtps2dq       zmm7, zmm7
028d vpackssdw       zmm4, zmm4, zmm5
0293 vpaddsw         zmm4, zmm4, zmm24
0299 vpackssdw       zmm6, zmm6, zmm7
029f vpaddsw         zmm6, zmm6, zmm24
02a5 vpackuswb       zmm4, zmm4, zmm6
02ab vpermd          zmm4, zmm25, zmm4
02b1 vmovdqu8        [rcx+40], zmm4
02b8 vcvtdq2ps       zmm8, zmm8
02be vmulps          zmm8, zmm8, [r9+40]
02c5 vcvtps2dq       zmm8, zmm8
02cb vcvtdq2ps       zmm9, zmm9
02d1 vmulps          zmm9, zmm9, [r9+100]
02d8 vcvtps2dq       zmm9, zmm9
02de vcvtdq2ps       zmm10, zmm10
02e4 vmulps          zmm10, zmm10, [r9+1C0]
02eb vcvtps2dq       zmm10, zmm10
02f1 vcvtdq2ps       zmm11, zmm11
02f7 vmulps          zmm11, zmm11, [r9+280]
02fe vcvtps2dq       zmm11, zmm11
0304 vpackssdw       zmm8, zmm8, zmm9
030a vpaddsw         zmm8, zmm8, zmm24
0310 vpackssdw       zmm10, zmm10, zmm11
0316 vpaddsw         zmm10, zmm10, zmm24
031c vpackuswb       zmm8, zmm8, zmm10
0322 vpermd          zmm8, zmm25, zmm8
0328 vmovdqu8        [rcx+80], zmm8
032f vcvtdq2ps       zmm12, zmm12
0335 vmulps          zmm12, zmm12, [r9+40]
033c vcvtps2dq       zmm12, zmm12
0342 vcvtdq2ps       zmm13, zmm13
0348 vmulps          zmm13, zmm13, [r9+100]
034f vcvtps2dq       zmm13, zmm13
0355 vcvtdq2ps       zmm14, zmm14
035b vmulps          zmm14, zmm14, [r9+1C0]
0362 vcvtps2dq       zmm14, zmm14
0368 vcvtdq2ps       zmm15, zmm15
036e vmulps          zmm15, zmm15, [r9+280]
0375 vcvtps2dq       zmm15, zmm15
037b vpackssdw       zmm12, zmm12, zmm13
0381 vpaddsw         zmm12, zmm12, zmm24
0387 vpackssdw       zmm14, zmm14, zmm15
038d vpaddsw         zmm14, zmm14, zmm24
0393 vpackuswb       zmm12, zmm12, zmm14
0399 vpermd          zmm12, zmm25, zmm12
039f vmovdqu8        [rcx+0C0], zmm12
03a6 vcvtdq2ps       zmm16, zmm16
03ac vmulps          zmm16, zmm16, [r9+40]
03b3 vcvtps2dq       zmm16, zmm16
03b9 vcvtdq2ps       zmm17, zmm17
03bf vmulps          zmm17, zmm17, [r9+100]
03c6 vcvtps2dq       zmm17, zmm17
03cc vcvtdq2ps       zmm18, zmm18
03d2 vmulps          zmm18, zmm18, [r9+1C0]
03d9 vcvtps2dq       zmm18, zmm18
03df vcvtdq2ps       zmm19, zmm19
03e5 vmulps          zmm19, zmm19, [r9+280]
03ec vcvtps2dq       zmm19, zmm19
03f2 vpackssdw       zmm16, zmm16, zmm17
03f8 vpaddsw         zmm16, zmm16, zmm24
03fe vpackssdw       zmm18, zmm18, zmm19
0404 vpaddsw         zmm18, zmm18, zmm24
040a vpackuswb       zmm16, zmm16, zmm18
0410 vpermd          zmm16, zmm25, zmm16
0416 vmovdqu8        [rcx+100], zmm16
041d vcvtdq2ps       zmm20, zmm20
0423 vmulps          zmm20, zmm20, [r9+40]
042a vcvtps2dq       zmm20, zmm20
0430 vcvtdq2ps       zmm21, zmm21
0436 vmulps          zmm21, zmm21, [r9+100]
043d vcvtps2dq       zmm21, zmm21
0443 vcvtdq2ps       zmm22, zmm22
0449 vmulps          zmm22, zmm22, [r9+1C0]
0450 vcvtps2dq       zmm22, zmm22
0456 vcvtdq2ps       zmm23, zmm23
045c vmulps          zmm23, zmm23, [r9+280]
0463 vcvtps2dq       zmm23, zmm23
0469 vpackssdw       zmm20, zmm20, zmm21
046f vpaddsw         zmm20, zmm20, zmm24
0475 vpackssdw       zmm22, zmm22, zmm23
047b vpaddsw         zmm22, zmm22, zmm24
0481 vpackuswb       zmm20, zmm20, zmm22
0487 vpermd          zmm20, zmm25, zmm20
048d vmovdqu8        [rcx+140], zmm20
0494 add             rsi, 240
049b add             rcx, 180
04a2 sub             r11, 6
04a6 jg              near 0000000000000018
04ac vzeroupper
04af pop             rbx
04b0 ret
