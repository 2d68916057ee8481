0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             r11, [rdi+28]
0019 vmovdqu32       zmm29, [r10]
001f cmp             r11, 3
0023 jge             short 0000000000000041
0025 mov             eax, 3
002a sub             rax, r11
002d imul            rbx, rax, 10
0031 sub             rsi, rbx
0034 imul            rbx, rax, 60
0038 sub             rcx, rbx
003b mov             r11d, 3
0041 mov             rdx, rcx
0044 jmp             short 0000000000000068
0046 cmp             r11, 3
004a jge             short 0000000000000068
004c mov             eax, 3
0051 sub             rax, r11
0054 imul            rbx, rax, 10
0058 sub             rsi, rbx
005b imul            rbx, rax, 60
005f sub             rcx, rbx
0062 mov             r11d, 3
0068 vmovdqu32       zmm0, [r9]
006e vcvtdq2ps       zmm12, zmm12
0074 vmovdqa32       zmm4, zmm0
007a vmulps          zmm12, zmm12, [r9+40]
0081 vmovdqa32       zmm8, zmm0
0087 vmovdqu32       zmm1, [r9+0C0]
008e vcvtps2dq       zmm12, zmm12
0094 vmovdqa32       zmm5, zmm1
009a vmovdqa32       zmm9, zmm1
00a0 vcvtdq2ps       zmm13, zmm13
00a6 vmovdqu32       zmm2, [r9+180]
00ad vmulps          zmm13, zmm13, [r9+100]
00b4 vmovdqa32       zmm6, zmm2
00ba vmovdqa32       zmm10, zmm2
00c0 vcvtps2dq       zmm13, zmm13
00c6 vmovdqu32       zmm3, [r9+240]
00cd vmovdqa32       zmm7, zmm3
00d3 vcvtdq2ps       zmm14, zmm14
00d9 vmovdqa32       zmm11, zmm3
00df vmovdqu32       zmm24, [r8]
00e5 vmulps          zmm14, zmm14, [r9+1C0]
00ec vmovdqu32       zmm25, [r8+100]
00f3 vcvtps2dq       zmm14, zmm14
00f9 vmovdqu32       zmm26, [r8+200]
0100 vmovdqu32       zmm27, [r8+300]
0107 vcvtdq2ps       zmm15, zmm15
010d vpbroadcastd    zmm28, [rsi]
0113 vpdpbusd        zmm0, zmm28, zmm24
0119 vmulps          zmm15, zmm15, [r9+280]
0120 vpdpbusd        zmm1, zmm28, zmm25
0126 vcvtps2dq       zmm15, zmm15
012c vpdpbusd        zmm2, zmm28, zmm26
0132 vpdpbusd        zmm3, zmm28, zmm27
0138 vpackssdw       zmm12, zmm12, zmm13
013e vpbroadcastd    zmm28, [rsi+10]
0145 vpdpbusd        zmm4, zmm28, zmm24
014b vpackssdw       zmm14, zmm14, zmm15
0151 vpdpbusd        zmm5, zmm28, zmm25
0157 vpdpbusd        zmm6, zmm28, zmm26
015d vpackuswb       zmm12, zmm12, zmm14
0163 vpdpbusd        zmm7, zmm28, zmm27
0169 vpermd          zmm12, zmm29, zmm12
016f vpbroadcastd    zmm28, [rsi+20]
0176 vpdpbusd        zmm8, zmm28, zmm24
017c vmovdqu8        [rdx], zmm12
0182 vpdpbusd        zmm9, zmm28, zmm25
0188 vpdpbusd        zmm10, zmm28, zmm26
018e vcvtdq2ps       zmm16, zmm16
0194 vpdpbusd        zmm11, zmm28, zmm27
019a vmovdqu32       zmm24, [r8+40]
01a1 vmulps          zmm16, zmm16, [r9+40]
01a8 vmovdqu32       zmm25, [r8+140]
01af vcvtps2dq       zmm16, zmm16
01b5 vmovdqu32       zmm26, [r8+240]
01bc vmovdqu32       zmm27, [r8+340]
01c3 vcvtdq2ps       zmm17, zmm17
01c9 vpbroadcastd    zmm28, [rsi+4]
01d0 vpdpbusd        zmm0, zmm28, zmm24
01d6 vmulps          zmm17, zmm17, [r9+100]
01dd vpdpbusd        zmm1, zmm28, zmm25
01e3 vcvtps2dq       zmm17, zmm17
01e9 vpdpbusd        zmm2, zmm28, zmm26
01ef vpdpbusd        zmm3, zmm28, zmm27
01f5 vcvtdq2ps       zmm18, zmm18
01fb vpbroadcastd    zmm28, [rsi+14]
0202 vpdpbusd        zmm4, zmm28, zmm24
0208 vmulps          zmm18, zmm18, [r9+1C0]
020f vpdpbusd        zmm5, zmm28, zmm25
0215 vpdpbusd        zmm6, zmm28, zmm26
021b vcvtps2dq       zmm18, zmm18
0221 vpdpbusd        zmm7, zmm28, zmm27
0227 vcvtdq2ps       zmm19, zmm19
022d vpbroadcastd    zmm28, [rsi+24]
0234 vpdpbusd        zmm8, zmm28, zmm24
023a vmulps          zmm19, zmm19, [r9+280]
0241 vpdpbusd        zmm9, zmm28, zmm25
0247 vpdpbusd        zmm10, zmm28, zmm26
024d vcvtps2dq       zmm19, zmm19
0253 vpdpbusd        zmm11, zmm28, zmm27
0259 vmovdqu32       zmm24, [r8+80]
0260 vpackssdw       zmm16, zmm16, zmm17
0266 vmovdqu32       zmm25, [r8+180]
026d vpackssdw       zmm18, zmm18, zmm19
0273 vmovdqu32       zmm26, [r8+280]
027a vmovdqu32       zmm27, [r8+380]
0281 vpackuswb       zmm16, zmm16, zmm18
0287 vpbroadcastd    zmm28, [rsi+8]
028e vpdpbusd        zmm0, zmm28, zmm24
0294 vpermd          zmm16, zmm29, zmm16
029a vpdpbusd        zmm1, zmm28, zmm25
02a0 vmovdqu8        [rdx+60], zmm16
02aa vpdpbusd        zmm2, zmm28, zmm26
02b0 vpdpbusd        zmm3, zmm28, zmm27
02b6 vcvtdq2ps       zmm20, zmm20
02bc vpbroadcastd    zmm28, [rsi+18]
02c3 vpdpbusd        zmm4, zmm28, zmm24
02c9 vmulps          zmm20, zmm20, [r9+40]
02d0 vpdpbusd        zmm5, zmm28, zmm25
02d6 vpdpbusd        zmm6, zmm28, zmm26
02dc vcvtps2dq       zmm20, zmm20
02e2 vpdpbusd        zmm7, zmm28, zmm27
02e8 vcvtdq2ps       zmm21, zmm21
02ee vpbroadcastd    zmm28, [rsi+28]
02f5 vpdpbusd        zmm8, zmm28, zmm24
02fb vmulps          zmm21, zmm21, [r9+100]
0302 vpdpbusd        zmm9, zmm28, zmm25
0308 vpdpbusd        zmm10, zmm28, zmm26
030e vcvtps2dq       zmm21, zmm21
0314 vpdpbusd        zmm11, zmm28, zmm27
031a vmovdqu32       zmm24, [r8+0C0]
0321 vcvtdq2ps       zmm22, zmm22
0327 vmovdqu32       zmm25, [r8+1C0]
032e vmulps          zmm22, zmm22, [r9+1C0]
0335 vmovdqu32       zmm26, [r8+2C0]
033c vmovdqu32       zmm27, [r8+3C0]
0343 vcvtps2dq       zmm22, zmm22
0349 vpbroadcastd    zmm28, [rsi+0C]
0350 vpdpbusd        zmm0, zmm28, zmm24
0356 vcvtdq2ps       zmm23, zmm23
035c vpdpbusd        zmm1, zmm28, zmm25
0362 vmulps          zmm23, zmm23, [r9+280]
0369 vpdpbusd        zmm2, zmm28, zmm26
036f vpdpbusd        zmm3, zmm28, zmm27
0375 vcvtps2dq       zmm23, zmm23
037b vpbroadcastd    zmm28, [rsi+1C]
0382 vpdpbusd        zmm4, zmm28, zmm24
0388 vpackssdw       zmm20, zmm20, zmm21
038e vpdpbusd        zmm5, zmm28, zmm25
0394 vpdpbusd        zmm6, zmm28, zmm26
039a vpackssdw       zmm22, zmm22, zmm23
03a0 vpdpbusd        zmm7, zmm28, zmm27
03a6 vpackuswb       zmm20, zmm20, zmm22
03ac vpbroadcastd    zmm28, [rsi+2C]
03b3 vpdpbusd        zmm8, zmm28, zmm24
03b9 vpermd          zmm20, zmm29, zmm20
03bf vpdpbusd        zmm9, zmm28, zmm25
03c5 vpdpbusd        zmm10, zmm28, zmm26
03cb vmovdqu8        [rdx+0C0], zmm20
03d2 vpdpbusd        zmm11, zmm28, zmm27
03d8 mov             rdx, rcx
03db add             rsi, 30
03df add             rcx, 120
03e6 sub             r11, 3
03ea jg              near 0000000000000538
03f0 vcvtdq2ps       zmm0, zmm0
03f6 vmulps          zmm0, zmm0, [r9+40]
03fd vcvtps2dq       zmm0, zmm0
0403 vcvtdq2ps       zmm1, zmm1
0409 vmulps          zmm1, zmm1, [r9+100]
0410 vcvtps2dq       zmm1, zmm1
0416 vcvtdq2ps       zmm2, zmm2
041c vmulps          zmm2, zmm2, [r9+1C0]
0423 vcvtps2dq       zmm2, zmm2
0429 vcvtdq2ps       zmm3, zmm3
042f vmulps          zmm3, zmm3, [r9+280]
0436 vcvtps2dq       zmm3, zmm3
043c vpackssdw       zmm0, zmm0, zmm1
0442 vpackssdw       zmm2, zmm2, zmm3
0448 vpackuswb       zmm0, zmm0, zmm2
044e vpermd          zmm0, zmm29, zmm0
0454 vmovdqu8        [rdx], zmm0
045a vcvtdq2ps       zmm4, zmm4
0460 vmulps          zmm4, zmm4, [r9+40]
0467 vcvtps2dq       zmm4, zmm4
046d vcvtdq2ps       zmm5, zmm5
0473 vmulps          zmm5, zmm5, [r9+100]
047a vcvtps2dq       zmm5, zmm5
0480 vcvtdq2ps       zmm6, zmm6
0486 vmulps          zmm6, zmm6, [r9+1C0]
048d vcvtps2dq       zmm6, zmm6
0493 vcvtdq2ps       zmm7, zmm7
0499 vmulps          zmm7, zmm7, [r9+280]
04a0 vcvtps2dq       zmm7, zmm7
04a6 vpackssdw       zmm4, zmm4, zmm5
04ac vpackssdw       zmm6, zmm6, zmm7
04b2 vpackuswb       zmm4, zmm4, zmm6
04b8 vpermd          zmm4, zmm29, zmm4
04be vmovdqu8        [rdx+60], zmm4
04c8 vcvtdq2ps       zmm8, zmm8
04ce vmulps          zmm8, zmm8, [r9+40]
04d5 vcvtps2dq       zmm8, zmm8
04db vcvtdq2ps       zmm9, zmm9
04e1 vmulps          zmm9, zmm9, [r9+100]
04e8 vcvtps2dq       zmm9, zmm9
04ee vcvtdq2ps       zmm10, zmm10
04f4 vmulps          zmm10, zmm10, [r9+1C0]
04fb vcvtps2dq       zmm10, zmm10
0501 vcvtdq2ps       zmm11, zmm11
0507 vmulps          zmm11, zmm11, [r9+280]
050e vcvtps2dq       zmm11, zmm11
0514 vpackssdw       zmm8, zmm8, zmm9
051a vpackssdw       zmm10, zmm10, zmm11
0520 vpackuswb       zmm8, zmm8, zmm10
0526 vpermd          zmm8, zmm29, zmm8
052c vmovdqu8        [rdx+0C0], zmm8
0533 jmp             0000000000000A25
0538 cmp             r11, 3
053c jge             short 000000000000055A
053e mov             eax, 3
0543 sub             rax, r11
0546 imul            rbx, rax, 10
054a sub             rsi, rbx
054d imul            rbx, rax, 60
0551 sub             rcx, rbx
0554 mov             r11d, 3
055a vmovdqu32       zmm12, [r9]
0560 vcvtdq2ps       zmm0, zmm0
0566 vmovdqa32       zmm16, zmm12
056c vmulps          zmm0, zmm0, [r9+40]
0573 vmovdqa32       zmm20, zmm12
0579 vmovdqu32       zmm13, [r9+0C0]
0580 vcvtps2dq       zmm0, zmm0
0586 vmovdqa32       zmm17, zmm13
058c vmovdqa32       zmm21, zmm13
0592 vcvtdq2ps       zmm1, zmm1
0598 vmovdqu32       zmm14, [r9+180]
059f vmulps          zmm1, zmm1, [r9+100]
05a6 vmovdqa32       zmm18, zmm14
05ac vmovdqa32       zmm22, zmm14
05b2 vcvtps2dq       zmm1, zmm1
05b8 vmovdqu32       zmm15, [r9+240]
05bf vmovdqa32       zmm19, zmm15
05c5 vcvtdq2ps       zmm2, zmm2
05cb vmovdqa32       zmm23, zmm15
05d1 vmovdqu32       zmm24, [r8]
05d7 vmulps          zmm2, zmm2, [r9+1C0]
05de vmovdqu32       zmm25, [r8+100]
05e5 vcvtps2dq       zmm2, zmm2
05eb vmovdqu32       zmm26, [r8+200]
05f2 vmovdqu32       zmm27, [r8+300]
05f9 vcvtdq2ps       zmm3, zmm3
05ff vpbroadcastd    zmm28, [rsi]
0605 vpdpbusd        zmm12, zmm28, zmm24
060b vmulps          zmm3, zmm3, [r9+280]
0612 vpdpbusd        zmm13, zmm28, zmm25
0618 vcvtps2dq       zmm3, zmm3
061e vpdpbusd        zmm14, zmm28, zmm26
0624 vpdpbusd        zmm15, zmm28, zmm27
062a vpackssdw       zmm0, zmm0, zmm1
0630 vpbroadcastd    zmm28, [rsi+10]
0637 vpdpbusd        zmm16, zmm28, zmm24
063d vpackssdw       zmm2, zmm2, zmm3
0643 vpdpbusd        zmm17, zmm28, zmm25
0649 vpdpbusd        zmm18, zmm28, zmm26
064f vpackuswb       zmm0, zmm0, zmm2
0655 vpdpbusd        zmm19, zmm28, zmm27
065b vpermd          zmm0, zmm29, zmm0
0661 vpbroadcastd    zmm28, [rsi+20]
0668 vpdpbusd        zmm20, zmm28, zmm24
066e vmovdqu8        [rdx], zmm0
0674 vpdpbusd        zmm21, zmm28, zmm25
067a vpdpbusd        zmm22, zmm28, zmm26
0680 vcvtdq2ps       zmm4, zmm4
0686 vpdpbusd        zmm23, zmm28, zmm27
068c vmovdqu32       zmm24, [r8+40]
0693 vmulps          zmm4, zmm4, [r9+40]
069a vmovdqu32       zmm25, [r8+140]
06a1 vcvtps2dq       zmm4, zmm4
06a7 vmovdqu32       zmm26, [r8+240]
06ae vmovdqu32       zmm27, [r8+340]
06b5 vcvtdq2ps       zmm5, zmm5
06bb vpbroadcastd    zmm28, [rsi+4]
06c2 vpdpbusd        zmm12, zmm28, zmm24
06c8 vmulps          zmm5, zmm5, [r9+100]
06cf vpdpbusd        zmm13, zmm28, zmm25
06d5 vcvtps2dq       zmm5, zmm5
06db vpdpbusd        zmm14, zmm28, zmm26
06e1 vpdpbusd        zmm15, zmm28, zmm27
06e7 vcvtdq2ps       zmm6, zmm6
06ed vpbroadcastd    zmm28, [rsi+14]
06f4 vpdpbusd        zmm16, zmm28, zmm24
06fa vmulps          zmm6, zmm6, [r9+1C0]
0701 vpdpbusd        zmm17, zmm28, zmm25
0707 vpdpbusd        zmm18, zmm28, zmm26
070d vcvtps2dq       zmm6, zmm6
0713 vpdpbusd        zmm19, zmm28, zmm27
0719 vcvtdq2ps       zmm7, zmm7
071f vpbroadcastd    zmm28, [rsi+24]
0726 vpdpbusd        zmm20, zmm28, zmm24
072c vmulps          zmm7, zmm7, [r9+280]
0733 vpdpbusd        zmm21, zmm28, zmm25
0739 vpdpbusd        zmm22, zmm28, zmm26
073f vcvtps2dq       zmm7, zmm7
0745 vpdpbusd        zmm23, zmm28, zmm27
074b vmovdqu32       zmm24, [r8+80]
0752 vpackssdw       zmm4, zmm4, zmm5
0758 vmovdqu32       zmm25, [r8+180]
075f vpackssdw       zmm6, zmm6, zmm7
0765 vmovdqu32       zmm26, [r8+280]
076c vmovdqu32       zmm27, [r8+380]
0773 vpackuswb       zmm4, zmm4, zmm6
0779 vpbroadcastd    zmm28, [rsi+8]
0780 vpdpbusd        zmm12, zmm28, zmm24
0786 vpermd          zmm4, zmm29, zmm4
078c vpdpbusd        zmm13, zmm28, zmm25
0792 vmovdqu8        [rdx+60], zmm4
079c vpdpbusd        zmm14, zmm28, zmm26
07a2 vpdpbusd        zmm15, zmm28, zmm27
07a8 vcvtdq2ps       zmm8, zmm8
07ae vpbroadcastd    zmm28, [rsi+18]
07b5 vpdpbusd        zmm16, zmm28, zmm24
07bb vmulps          zmm8, zmm8, [r9+40]
07c2 vpdpbusd        zmm17, zmm28, zmm25
07c8 vpdpbusd        zmm18, zmm28, zmm26
07ce vcvtps2dq       zmm8, zmm8
07d4 vpdpbusd        zmm19, zmm28, zmm27
07da vcvtdq2ps       zmm9, zmm9
07e0 vpbroadcastd    zmm28, [rsi+28]
07e7 vpdpbusd        zmm20, zmm28, zmm24
07ed vmulps          zmm9, zmm9, [r9+100]
07f4 vpdpbusd        zmm21, zmm28, zmm25
07fa vpdpbusd        zmm22, zmm28, zmm26
0800 vcvtps2dq       zmm9, zmm9
0806 vpdpbusd        zmm23, zmm28, zmm27
080c vmovdqu32       zmm24, [r8+0C0]
0813 vcvtdq2ps       zmm10, zmm10
0819 vmovdqu32       zmm25, [r8+1C0]
0820 vmulps          zmm10, zmm10, [r9+1C0]
0827 vmovdqu32       zmm26, [r8+2C0]
082e vmovdqu32       zmm27, [r8+3C0]
0835 vcvtps2dq       zmm10, zmm10
083b vpbroadcastd    zmm28, [rsi+0C]
0842 vpdpbusd        zmm12, zmm28, zmm24
0848 vcvtdq2ps       zmm11, zmm11
084e vpdpbusd        zmm13, zmm28, zmm25
0854 vmulps          zmm11, zmm11, [r9+280]
085b vpdpbusd        zmm14, zmm28, zmm26
0861 vpdpbusd        zmm15, zmm28, zmm27
0867 vcvtps2dq       zmm11, zmm11
086d vpbroadcastd    zmm28, [rsi+1C]
0874 vpdpbusd        zmm16, zmm28, zmm24
087a vpackssdw       zmm8, zmm8, zmm9
0880 vpdpbusd        zmm17, zmm28, zmm25
0886 vpdpbusd        zmm18, zmm28, zmm26
088c vpackssdw       zmm10, zmm10, zmm11
0892 vpdpbusd        zmm19, zmm28, zmm27
0898 vpackuswb       zmm8, zmm8, zmm10
089e vpbroadcastd    zmm28, [rsi+2C]
08a5 vpdpbusd        zmm20, zmm28, zmm24
08ab vpermd          zmm8, zmm29, zmm8
08b1 vpdpbusd        zmm21, zmm28, zmm25
08b7 vpdpbusd        zmm22, zmm28, zmm26
08bd vmovdqu8        [rdx+0C0], zmm8
08c4 vpdpbusd        zmm23, zmm28, zmm27
08ca mov             rdx, rcx
08cd add             rsi, 30
08d1 add             rcx, 120
08d8 sub             r11, 3
08dc jg              near 0000000000000046
08e2 vcvtdq2ps       zmm12, zmm12
08e8 vmulps          zmm12, zmm12, [r9+40]
08ef vcvtps2dq       zmm12, zmm12
08f5 vcvtdq2ps       zmm13, zmm13
08fb vmulps          zmm13, zmm13, [r9+100]
0902 vcvtps2dq       zmm13, zmm13
0908 vcvtdq2ps       zmm14, zmm14
090e vmulps          zmm14, zmm14, [r9+1C0]
0915 vcvtps2dq       zmm14, zmm14
091b vcvtdq2ps       zmm15, zmm15
0921 vmulps          zmm15, zmm15, [r9+280]
0928 vcvtps2dq       zmm15, zmm15
092e vpackssdw       zmm12, zmm12, zmm13
0934 vpackssdw       zmm14, zmm14, zmm15
093a vpackuswb       zmm12, zmm12, zmm14
0940 vpermd          zmm12, zmm29, zmm12
0946 vmovdqu8        [rdx], zmm12
094c vcvtdq2ps       zmm16, zmm16
0952 vmulps          zmm16, zmm16, [r9+40]
0959 vcvtps2dq       zmm16, zmm16
095f vcvtdq2ps       zmm17, zmm17
0965 vmulps          zmm17, zmm17, [r9+100]
096c vcvtps2dq       zmm17, zmm17
0972 vcvtdq2ps       zmm18, zmm18
0978 vmulps          zmm18, zmm18, [r9+1C0]
097f vcvtps2dq       zmm18, zmm18
0985 vcvtdq2ps       zmm19, zmm19
098b vmulps          zmm19, zmm19, [r9+280]
0992 vcvtps2dq       zmm19, zmm19
0998 vpackssdw       zmm16, zmm16, zmm17
099e vpackssdw       zmm18, zmm18, zmm19
09a4 vpackuswb       zmm16, zmm16, zmm18
09aa vpermd          zmm16, zmm29, zmm16
09b0 vmovdqu8        [rdx+60], zmm16
09ba vcvtdq2ps       zmm20, zmm20
09c0 vmulps          zmm20, zmm20, [r9+40]
09c7 vcvtps2dq       zmm20, zmm20
09cd vcvtdq2ps       zmm21, zmm21
09d3 vmulps          zmm21, zmm21, [r9+100]
09da vcvtps2dq       zmm21, zmm21
09e0 vcvtdq2ps       zmm22, zmm22
09e6 vmulps          zmm22, zmm22, [r9+1C0]
09ed vcvtps2dq       zmm22, zmm22
09f3 vcvtdq2ps       zmm23, zmm23
09f9 vmulps          zmm23, zmm23, [r9+280]
0a00 vcvtps2dq       zmm23, zmm23
0a06 vpackssdw       zmm20, zmm20, zmm21
0a0c vpackssdw       zmm22, zmm22, zmm23
0a12 vpackuswb       zmm20, zmm20, zmm22
0a18 vpermd          zmm20, zmm29, zmm20
0a1e vmovdqu8        [rdx+0C0], zmm20
0a25 vzeroupper
0a28 pop             rbp
0a29 pop             rbx
0a2a ret
