0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 vmovdqu32       zmm30, [r10+40]
001f vmovdqu32       zmm29, [r10]
0025 cmp             r11, 6
0029 jge             short 000000000000004A
002b mov             eax, 6
0030 sub             rax, r11
0033 imul            rbx, rax, 0C0
003a sub             rsi, rbx
003d imul            rbx, rax, 40
0041 sub             rcx, rbx
0044 mov             r11d, 6
004a vmovdqu32       zmm0, [r9]
0050 vmovdqa32       zmm4, zmm0
0056 vmovdqa32       zmm8, zmm0
005c vmovdqa32       zmm12, zmm0
0062 vmovdqa32       zmm16, zmm0
0068 vmovdqa32       zmm20, zmm0
006e vmovdqu32       zmm1, [r9+0C0]
0075 vmovdqa32       zmm5, zmm1
007b vmovdqa32       zmm9, zmm1
0081 vmovdqa32       zmm13, zmm1
0087 vmovdqa32       zmm17, zmm1
008d vmovdqa32       zmm21, zmm1
0093 vmovdqu32       zmm2, [r9+180]
009a vmovdqa32       zmm6, zmm2
00a0 vmovdqa32       zmm10, zmm2
00a6 vmovdqa32       zmm14, zmm2
00ac vmovdqa32       zmm18, zmm2
00b2 vmovdqa32       zmm22, zmm2
00b8 vmovdqu32       zmm3, [r9+240]
00bf vmovdqa32       zmm7, zmm3
00c5 vmovdqa32       zmm11, zmm3
00cb vmovdqa32       zmm15, zmm3
00d1 vmovdqa32       zmm19, zmm3
00d7 vmovdqa32       zmm23, zmm3
00dd lea             rax, [rsi]
00e0 lea             rdx, [r8]
00e3 mov             ebx, 30
00e8 vmovdqu32       zmm24, [rdx]
00ee vmovdqu32       zmm25, [rdx+0C00]
00f5 vmovdqu32       zmm26, [rdx+1800]
00fc vmovdqu32       zmm27, [rdx+2400]
0106 vpbroadcastd    zmm28, [rax]
010c vpdpbusd        zmm0, zmm28, zmm24
0112 vpdpbusd        zmm1, zmm28, zmm25
0118 vpdpbusd        zmm2, zmm28, zmm26
011e vpdpbusd        zmm3, zmm28, zmm27
0124 vpbroadcastd    zmm28, [rax+0C0]
012b vpdpbusd        zmm4, zmm28, zmm24
0131 vpdpbusd        zmm5, zmm28, zmm25
0137 vpdpbusd        zmm6, zmm28, zmm26
013d vpdpbusd        zmm7, zmm28, zmm27
0143 vpbroadcastd    zmm28, [rax+180]
014a vpdpbusd        zmm8, zmm28, zmm24
0150 vpdpbusd        zmm9, zmm28, zmm25
0156 vpdpbusd        zmm10, zmm28, zmm26
015c vpdpbusd        zmm11, zmm28, zmm27
0162 vpbroadcastd    zmm28, [rax+240]
016c vpdpbusd        zmm12, zmm28, zmm24
0172 vpdpbusd        zmm13, zmm28, zmm25
0178 vpdpbusd        zmm14, zmm28, zmm26
017e vpdpbusd        zmm15, zmm28, zmm27
0184 vpbroadcastd    zmm28, [rax+300]
018e vpdpbusd        zmm16, zmm28, zmm24
0194 vpdpbusd        zmm17, zmm28, zmm25
019a vpdpbusd        zmm18, zmm28, zmm26
01a0 vpdpbusd        zmm19, zmm28, zmm27
01a6 vpbroadcastd    zmm28, [rax+3C0]
01b0 vpdpbusd        zmm20, zmm28, zmm24
01b6 vpdpbusd        zmm21, zmm28, zmm25
01bc vpdpbusd        zmm22, zmm28, zmm26
01c2 vpdpbusd        zmm23, zmm28, zmm27
01c8 add             rax, 4
01ce add             rdx, 40
01d2 dec             ebx
01d4 jne             near 00000000000000E8
01da vcvtdq2ps       zmm0, zmm0
01e0 vmulps          zmm0, zmm0, [r9+40]
01e7 vcvtps2dq       zmm0, zmm0
01ed vcvtdq2ps       zmm1, zmm1
01f3 vmulps          zmm1, zmm1, [r9+100]
01fa vcvtps2dq       zmm1, zmm1
0200 vcvtdq2ps       zmm2, zmm2
0206 vmulps          zmm2, zmm2, [r9+1C0]
020d vcvtps2dq       zmm2, zmm2
0213 vcvtdq2ps       zmm3, zmm3
0219 vmulps          zmm3, zmm3, [r9+280]
0220 vcvtps2dq       zmm3, zmm3
0226 vpackssdw       zmm0, zmm0, zmm1
022c vpaddsw         zmm0, zmm0, zmm30
0232 vpackssdw       zmm2, zmm2, zmm3
0238 vpaddsw         zmm2, zmm2, zmm30
023e vpackuswb       zmm0, zmm0, zmm2
0244 vpermd          zmm0, zmm29, zmm0
024a vmovdqu8        [rcx], zmm0
0250 vcvtdq2ps       zmm4, zmm4
0256 vmulps          zmm4, zmm4, [r9+40]
025d vcvtps2dq       zmm4, zmm4
0263 vcvtdq2ps       zmm5, zmm5
0269 vmulps          zmm5, zmm5, [r9+100]
0270 vcvtps2dq       zmm5, zmm5
0276 vcvtdq2ps       zmm6, zmm6
027c vmulps          zmm6, zmm6, [r9+1C0]
0283 vcvtps2dq       zmm6, zmm6
0289 vcvtdq2ps       zmm7, zmm7
028f vmulps          zmm7, zmm7, [r9+280]
0296 vcvtps2dq       zmm7, zmm7
029c vpackssdw       zmm4, zmm4, zmm5
02a2 vpaddsw         zmm4, zmm4, zmm30
02a8 vpackssdw       zmm6, zmm6, zmm7
02ae vpaddsw         zmm6, zmm6, zmm30
02b4 vpackuswb       zmm4, zmm4, zmm6
02ba vpermd          zmm4, zmm29, zmm4
02c0 vmovdqu8        [rcx+40], zmm4
02c7 vcvtdq2ps       zmm8, zmm8
02cd vmulps          zmm8, zmm8, [r9+40]
02d4 vcvtps2dq       zmm8, zmm8
02da vcvtdq2ps       zmm9, zmm9
02e0 vmulps          zmm9, zmm9, [r9+100]
02e7 vcvtps2dq       zmm9, zmm9
02ed vcvtdq2ps       zmm10, zmm10
02f3 vmulps          zmm10, zmm10, [r9+1C0]
02fa vcvtps2dq       zmm10, zmm10
0300 vcvtdq2ps       zmm11, zmm11
0306 vmulps          zmm11, zmm11, [r9+280]
030d vcvtps2dq       zmm11, zmm11
0313 vpackssdw       zmm8, zmm8, zmm9
0319 vpaddsw         zmm8, zmm8, zmm30
031f vpackssdw       zmm10, zmm10, zmm11
0325 vpaddsw         zmm10, zmm10, zmm30
032b vpackuswb       zmm8, zmm8, zmm10
0331 vpermd          zmm8, zmm29, zmm8
0337 vmovdqu8        [rcx+80], zmm8
033e vcvtdq2ps       zmm12, zmm12
0344 vmulps          zmm12, zmm12, [r9+40]
034b vcvtps2dq       zmm12, zmm12
0351 vcvtdq2ps       zmm13, zmm13
0357 vmulps          zmm13, zmm13, [r9+100]
035e vcvtps2dq       zmm13, zmm13
0364 vcvtdq2ps       zmm14, zmm14
036a vmulps          zmm14, zmm14, [r9+1C0]
0371 vcvtps2dq       zmm14, zmm14
0377 vcvtdq2ps       zmm15, zmm15
037d vmulps          zmm15, zmm15, [r9+280]
0384 vcvtps2dq       zmm15, zmm15
038a vpackssdw       zmm12, zmm12, zmm13
0390 vpaddsw         zmm12, zmm12, zmm30
0396 vpackssdw       zmm14, zmm14, zmm15
039c vpaddsw         zmm14, zmm14, zmm30
03a2 vpackuswb       zmm12, zmm12, zmm14
03a8 vpermd          zmm12, zmm29, zmm12
03ae vmovdqu8        [rcx+0C0], zmm12
03b5 vcvtdq2ps       zmm16, zmm16
03bb vmulps          zmm16, zmm16, [r9+40]
03c2 vcvtps2dq       zmm16, zmm16
03c8 vcvtdq2ps       zmm17, zmm17
03ce vmulps          zmm17, zmm17, [r9+100]
03d5 vcvtps2dq       zmm17, zmm17
03db vcvtdq2ps       zmm18, zmm18
03e1 vmulps          zmm18, zmm18, [r9+1C0]
03e8 vcvtps2dq       zmm18, zmm18
03ee vcvtdq2ps       zmm19, zmm19
03f4 vmulps          zmm19, zmm19, [r9+280]
03fb vcvtps2dq       zmm19, zmm19
0401 vpackssdw       zmm16, zmm16, zmm17
0407 vpaddsw         zmm16, zmm16, zmm30
040d vpackssdw       zmm18, zmm18, zmm19
0413 vpaddsw         zmm18, zmm18, zmm30
0419 vpackuswb       zmm16, zmm16, zmm18
041f vpermd          zmm16, zmm29, zmm16
0425 vmovdqu8        [rcx+100], zmm16
042c vcvtdq2ps       zmm20, zmm20
0432 vmulps          zmm20, zmm20, [r9+40]
0439 vcvtps2dq       zmm20, zmm20
043f vcvtdq2ps       zmm21, zmm21
0445 vmulps          zmm21, zmm21, [r9+100]
044c vcvtps2dq       zmm21, zmm21
0452 vcvtdq2ps       zmm22, zmm22
0458 vmulps          zmm22, zmm22, [r9+1C0]
045f vcvtps2dq       zmm22, zmm22
0465 vcvtdq2ps       zmm23, zmm23
046b vmulps          zmm23, zmm23, [r9+280]
0472 vcvtps2dq       zmm23, zmm23
0478 vpackssdw       zmm20, zmm20, zmm21
047e vpaddsw         zmm20, zmm20, zmm30
0484 vpackssdw       zmm22, zmm22, zmm23
048a vpaddsw         zmm22, zmm22, zmm30
0490 vpackuswb       zmm20, zmm20, zmm22
0496 vpermd          zmm20, zmm29, zmm20
049c vmovdqu8        [rcx+140], zmm20
04a3 add             rsi, 480
04aa add             rcx, 180
04b1 sub             r11, 6
04b5 jg              near 0000000000000025
04bb vzeroupper
04be pop             rbx
04bf ret
