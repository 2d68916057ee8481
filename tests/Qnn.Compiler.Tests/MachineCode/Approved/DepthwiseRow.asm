0000 push            rbx
0001 push            rbp
0002 mov             r8, [rdi+20]
0006 mov             r9, [rdi+28]
000a mov             r10, [rdi+30]
000e mov             rcx, [rdi]
0011 mov             rdx, [rdi+8]
0015 mov             rsi, [rdi+10]
0019 mov             r11, [rdi+18]
001d vmovdqu32       zmm29, [r11+40]
0024 mov             rax, 0FFFFFFFF
002e kmovq           k1, rax
0033 mov             edi, 1
0038 vmovdqu32       zmm0, [rdx]
003e vmovdqu32       zmm1, [rdx+40]
0045 vmovdqu32       zmm2, [rdx+80]
004c vmovdqu32       zmm3, [rdx+0C0]
0053 vmovdqu32       zmm4, [rdx+100]
005a vmovdqu32       zmm5, [rdx+140]
0061 vmovdqu32       zmm6, [rdx+180]
0068 vmovdqu32       zmm7, [rdx+1C0]
006f vmovdqu32       zmm8, [rdx+200]
0076 vmovdqu32       zmm9, [rdx+240]
007d vmovdqu32       zmm10, [rdx+280]
0084 vmovdqu32       zmm11, [rdx+2C0]
008b mov             rax, rcx
008e xor             ebx, ebx
0090 vmovdqu32       zmm12, [r11+100]
0097 vmovdqu32       zmm13, [r11+100]
009e vmovdqu32       zmm14, [r11+100]
00a5 vmovdqu32       zmm15, [r11+100]
00ac vmovdqu8        zmm30, [r8+rbx]
00b3 vmovdqu8        zmm31, [r9+rbx]
00ba vpunpcklbw      zmm16, zmm30, zmm31
00c0 vpunpckhbw      zmm18, zmm30, zmm31
00c6 vmovdqu8        zmm30, [r10+rbx]
00cd vpunpckhbw      zmm31, zmm30, zmm30
00d3 vpunpcklbw      zmm30, zmm30, zmm30
00d9 vpunpckhwd      zmm17, zmm16, zmm30
00df vpunpcklwd      zmm16, zmm16, zmm30
00e5 vpunpckhwd      zmm19, zmm18, zmm31
00eb vpunpcklwd      zmm18, zmm18, zmm31
00f1 add             rbx, 60
00f5 mov             ebp, 4
00fa vmovdqu8        zmm30, [r8+rbx]
0101 vmovdqu8        zmm31, [r9+rbx]
0108 vpunpcklbw      zmm20, zmm30, zmm31
010e vpunpckhbw      zmm22, zmm30, zmm31
0114 vmovdqu8        zmm30, [r10+rbx]
011b vpunpckhbw      zmm31, zmm30, zmm30
0121 vpunpcklbw      zmm30, zmm30, zmm30
0127 vpunpckhwd      zmm21, zmm20, zmm30
012d vpunpcklwd      zmm20, zmm20, zmm30
0133 vpunpckhwd      zmm23, zmm22, zmm31
0139 vpunpcklwd      zmm22, zmm22, zmm31
013f add             rbx, 60
0143 vmovdqu32       zmm24, [rsi]
0149 vmovdqu32       zmm25, [rsi+0C0]
0150 vmovdqu32       zmm26, [rsi+180]
0157 vmovdqu32       zmm27, [rsi+240]
015e vpdpbusd        zmm24, zmm12, zmm0
0164 vpdpbusd        zmm25, zmm13, zmm1
016a vpdpbusd        zmm26, zmm14, zmm2
0170 vpdpbusd        zmm27, zmm15, zmm3
0176 vpdpbusd        zmm24, zmm16, zmm4
017c vpdpbusd        zmm25, zmm17, zmm5
0182 vpdpbusd        zmm26, zmm18, zmm6
0188 vpdpbusd        zmm27, zmm19, zmm7
018e vpdpbusd        zmm24, zmm20, zmm8
0194 vpdpbusd        zmm25, zmm21, zmm9
019a vpdpbusd        zmm26, zmm22, zmm10
01a0 vpdpbusd        zmm27, zmm23, zmm11
01a6 vcvtdq2ps       zmm24, zmm24
01ac vmulps          zmm24, zmm24, [rsi+40]
01b3 vcvtps2dq       zmm24, zmm24
01b9 vcvtdq2ps       zmm25, zmm25
01bf vmulps          zmm25, zmm25, [rsi+100]
01c6 vcvtps2dq       zmm25, zmm25
01cc vcvtdq2ps       zmm26, zmm26
01d2 vmulps          zmm26, zmm26, [rsi+1C0]
01d9 vcvtps2dq       zmm26, zmm26
01df vcvtdq2ps       zmm27, zmm27
01e5 vmulps          zmm27, zmm27, [rsi+280]
01ec vcvtps2dq       zmm27, zmm27
01f2 vpackssdw       zmm24, zmm24, zmm25
01f8 vpaddsw         zmm24, zmm24, zmm29
01fe vpackssdw       zmm26, zmm26, zmm27
0204 vpaddsw         zmm26, zmm26, zmm29
020a vpackuswb       zmm24, zmm24, zmm26
0210 vmovdqu8        [rax], zmm24
0216 add             rax, 60
021c vmovdqu8        zmm30, [r8+rbx]
0223 vmovdqu8        zmm31, [r9+rbx]
022a vpunpcklbw      zmm12, zmm30, zmm31
0230 vpunpckhbw      zmm14, zmm30, zmm31
0236 vmovdqu8        zmm30, [r10+rbx]
023d vpunpckhbw      zmm31, zmm30, zmm30
0243 vpunpcklbw      zmm30, zmm30, zmm30
0249 vpunpckhwd      zmm13, zmm12, zmm30
024f vpunpcklwd      zmm12, zmm12, zmm30
0255 vpunpckhwd      zmm15, zmm14, zmm31
025b vpunpcklwd      zmm14, zmm14, zmm31
0261 add             rbx, 60
0265 vmovdqu32       zmm24, [rsi]
026b vmovdqu32       zmm25, [rsi+0C0]
0272 vmovdqu32       zmm26, [rsi+180]
0279 vmovdqu32       zmm27, [rsi+240]
0280 vpdpbusd        zmm24, zmm16, zmm0
0286 vpdpbusd        zmm25, zmm17, zmm1
028c vpdpbusd        zmm26, zmm18, zmm2
0292 vpdpbusd        zmm27, zmm19, zmm3
0298 vpdpbusd        zmm24, zmm20, zmm4
029e vpdpbusd        zmm25, zmm21, zmm5
02a4 vpdpbusd        zmm26, zmm22, zmm6
02aa vpdpbusd        zmm27, zmm23, zmm7
02b0 vpdpbusd        zmm24, zmm12, zmm8
02b6 vpdpbusd        zmm25, zmm13, zmm9
02bc vpdpbusd        zmm26, zmm14, zmm10
02c2 vpdpbusd        zmm27, zmm15, zmm11
02c8 vcvtdq2ps       zmm24, zmm24
02ce vmulps          zmm24, zmm24, [rsi+40]
02d5 vcvtps2dq       zmm24, zmm24
02db vcvtdq2ps       zmm25, zmm25
02e1 vmulps          zmm25, zmm25, [rsi+100]
02e8 vcvtps2dq       zmm25, zmm25
02ee vcvtdq2ps       zmm26, zmm26
02f4 vmulps          zmm26, zmm26, [rsi+1C0]
02fb vcvtps2dq       zmm26, zmm26
0301 vcvtdq2ps       zmm27, zmm27
0307 vmulps          zmm27, zmm27, [rsi+280]
030e vcvtps2dq       zmm27, zmm27
0314 vpackssdw       zmm24, zmm24, zmm25
031a vpaddsw         zmm24, zmm24, zmm29
0320 vpackssdw       zmm26, zmm26, zmm27
0326 vpaddsw         zmm26, zmm26, zmm29
032c vpackuswb       zmm24, zmm24, zmm26
0332 vmovdqu8        [rax], zmm24
0338 add             rax, 60
033e vmovdqu8        zmm30, [r8+rbx]
0345 vmovdqu8        zmm31, [r9+rbx]
034c vpunpcklbw      zmm16, zmm30, zmm31
0352 vpunpckhbw      zmm18, zmm30, zmm31
0358 vmovdqu8        zmm30, [r10+rbx]
035f vpunpckhbw      zmm31, zmm30, zmm30
0365 vpunpcklbw      zmm30, zmm30, zmm30
036b vpunpckhwd      zmm17, zmm16, zmm30
0371 vpunpcklwd      zmm16, zmm16, zmm30
0377 vpunpckhwd      zmm19, zmm18, zmm31
037d vpunpcklwd      zmm18, zmm18, zmm31
0383 add             rbx, 60
0387 vmovdqu32       zmm24, [rsi]
038d vmovdqu32       zmm25, [rsi+0C0]
0394 vmovdqu32       zmm26, [rsi+180]
039b vmovdqu32       zmm27, [rsi+240]
03a2 vpdpbusd        zmm24, zmm20, zmm0
03a8 vpdpbusd        zmm25, zmm21, zmm1
03ae vpdpbusd        zmm26, zmm22, zmm2
03b4 vpdpbusd        zmm27, zmm23, zmm3
03ba vpdpbusd        zmm24, zmm12, zmm4
03c0 vpdpbusd        zmm25, zmm13, zmm5
03c6 vpdpbusd        zmm26, zmm14, zmm6
03cc vpdpbusd        zmm27, zmm15, zmm7
03d2 vpdpbusd        zmm24, zmm16, zmm8
03d8 vpdpbusd        zmm25, zmm17, zmm9
03de vpdpbusd        zmm26, zmm18, zmm10
03e4 vpdpbusd        zmm27, zmm19, zmm11
03ea vcvtdq2ps       zmm24, zmm24
03f0 vmulps          zmm24, zmm24, [rsi+40]
03f7 vcvtps2dq       zmm24, zmm24
03fd vcvtdq2ps       zmm25, zmm25
0403 vmulps          zmm25, zmm25, [rsi+100]
040a vcvtps2dq       zmm25, zmm25
0410 vcvtdq2ps       zmm26, zmm26
0416 vmulps          zmm26, zmm26, [rsi+1C0]
041d vcvtps2dq       zmm26, zmm26
0423 vcvtdq2ps       zmm27, zmm27
0429 vmulps          zmm27, zmm27, [rsi+280]
0430 vcvtps2dq       zmm27, zmm27
0436 vpackssdw       zmm24, zmm24, zmm25
043c vpaddsw         zmm24, zmm24, zmm29
0442 vpackssdw       zmm26, zmm26, zmm27
0448 vpaddsw         zmm26, zmm26, zmm29
044e vpackuswb       zmm24, zmm24, zmm26
0454 vmovdqu8        [rax], zmm24
045a add             rax, 60
0460 dec             ebp
0462 jne             near 00000000000000FA
0468 vmovdqu8        zmm30, [r8+rbx]
046f vmovdqu8        zmm31, [r9+rbx]
0476 vpunpcklbw      zmm20, zmm30, zmm31
047c vpunpckhbw      zmm22, zmm30, zmm31
0482 vmovdqu8        zmm30, [r10+rbx]
0489 vpunpckhbw      zmm31, zmm30, zmm30
048f vpunpcklbw      zmm30, zmm30, zmm30
0495 vpunpckhwd      zmm21, zmm20, zmm30
049b vpunpcklwd      zmm20, zmm20, zmm30
04a1 vpunpckhwd      zmm23, zmm22, zmm31
04a7 vpunpcklwd      zmm22, zmm22, zmm31
04ad add             rbx, 60
04b1 vmovdqu32       zmm24, [rsi]
04b7 vmovdqu32       zmm25, [rsi+0C0]
04be vmovdqu32       zmm26, [rsi+180]
04c5 vmovdqu32       zmm27, [rsi+240]
04cc vpdpbusd        zmm24, zmm12, zmm0
04d2 vpdpbusd        zmm25, zmm13, zmm1
04d8 vpdpbusd        zmm26, zmm14, zmm2
04de vpdpbusd        zmm27, zmm15, zmm3
04e4 vpdpbusd        zmm24, zmm16, zmm4
04ea vpdpbusd        zmm25, zmm17, zmm5
04f0 vpdpbusd        zmm26, zmm18, zmm6
04f6 vpdpbusd        zmm27, zmm19, zmm7
04fc vpdpbusd        zmm24, zmm20, zmm8
0502 vpdpbusd        zmm25, zmm21, zmm9
0508 vpdpbusd        zmm26, zmm22, zmm10
050e vpdpbusd        zmm27, zmm23, zmm11
0514 vcvtdq2ps       zmm24, zmm24
051a vmulps          zmm24, zmm24, [rsi+40]
0521 vcvtps2dq       zmm24, zmm24
0527 vcvtdq2ps       zmm25, zmm25
052d vmulps          zmm25, zmm25, [rsi+100]
0534 vcvtps2dq       zmm25, zmm25
053a vcvtdq2ps       zmm26, zmm26
0540 vmulps          zmm26, zmm26, [rsi+1C0]
0547 vcvtps2dq       zmm26, zmm26
054d vcvtdq2ps       zmm27, zmm27
0553 vmulps          zmm27, zmm27, [rsi+280]
055a vcvtps2dq       zmm27, zmm27
0560 vpackssdw       zmm24, zmm24, zmm25
0566 vpaddsw         zmm24, zmm24, zmm29
056c vpackssdw       zmm26, zmm26, zmm27
0572 vpaddsw         zmm26, zmm26, zmm29
0578 vpackuswb       zmm24, zmm24, zmm26
057e vmovdqu8        [rax], zmm24
0584 add             rax, 60
058a vmovdqu32       zmm12, [r11+100]
0591 vmovdqu32       zmm13, [r11+100]
0598 vmovdqu32       zmm14, [r11+100]
059f vmovdqu32       zmm15, [r11+100]
05a6 vmovdqu32       zmm24, [rsi]
05ac vmovdqu32       zmm25, [rsi+0C0]
05b3 vmovdqu32       zmm26, [rsi+180]
05ba vmovdqu32       zmm27, [rsi+240]
05c1 vpdpbusd        zmm24, zmm16, zmm0
05c7 vpdpbusd        zmm25, zmm17, zmm1
05cd vpdpbusd        zmm26, zmm18, zmm2
05d3 vpdpbusd        zmm27, zmm19, zmm3
05d9 vpdpbusd        zmm24, zmm20, zmm4
05df vpdpbusd        zmm25, zmm21, zmm5
05e5 vpdpbusd        zmm26, zmm22, zmm6
05eb vpdpbusd        zmm27, zmm23, zmm7
05f1 vpdpbusd        zmm24, zmm12, zmm8
05f7 vpdpbusd        zmm25, zmm13, zmm9
05fd vpdpbusd        zmm26, zmm14, zmm10
0603 vpdpbusd        zmm27, zmm15, zmm11
0609 vcvtdq2ps       zmm24, zmm24
060f vmulps          zmm24, zmm24, [rsi+40]
0616 vcvtps2dq       zmm24, zmm24
061c vcvtdq2ps       zmm25, zmm25
0622 vmulps          zmm25, zmm25, [rsi+100]
0629 vcvtps2dq       zmm25, zmm25
062f vcvtdq2ps       zmm26, zmm26
0635 vmulps          zmm26, zmm26, [rsi+1C0]
063c vcvtps2dq       zmm26, zmm26
0642 vcvtdq2ps       zmm27, zmm27
0648 vmulps          zmm27, zmm27, [rsi+280]
064f vcvtps2dq       zmm27, zmm27
0655 vpackssdw       zmm24, zmm24, zmm25
065b vpaddsw         zmm24, zmm24, zmm29
0661 vpackssdw       zmm26, zmm26, zmm27
0667 vpaddsw         zmm26, zmm26, zmm29
066d vpackuswb       zmm24, zmm24, zmm26
0673 vmovdqu8        [rax], zmm24
0679 add             rax, 60
067f add             r8, 40
0683 add             r9, 40
0687 add             r10, 40
068b add             rcx, 40
068f add             rdx, 300
0696 add             rsi, 300
069d dec             edi
069f jne             near 0000000000000038
06a5 vmovdqu32       ymm0, [rdx]
06ab vmovdqu32       ymm1, [rdx+40]
06b2 vmovdqu32       ymm2, [rdx+80]
06b9 vmovdqu32       ymm3, [rdx+0C0]
06c0 vmovdqu32       ymm4, [rdx+100]
06c7 vmovdqu32       ymm5, [rdx+140]
06ce vmovdqu32       ymm6, [rdx+180]
06d5 vmovdqu32       ymm7, [rdx+1C0]
06dc vmovdqu32       ymm8, [rdx+200]
06e3 vmovdqu32       ymm9, [rdx+240]
06ea vmovdqu32       ymm10, [rdx+280]
06f1 vmovdqu32       ymm11, [rdx+2C0]
06f8 mov             rax, rcx
06fb xor             ebx, ebx
06fd vmovdqu32       ymm12, [r11+100]
0704 vmovdqu32       ymm13, [r11+100]
070b vmovdqu32       ymm14, [r11+100]
0712 vmovdqu32       ymm15, [r11+100]
0719 vmovdqu8        ymm30, [r8+rbx]
0720 vmovdqu8        ymm31, [r9+rbx]
0727 vpunpcklbw      ymm16, ymm30, ymm31
072d vpunpckhbw      ymm18, ymm30, ymm31
0733 vmovdqu8        ymm30, [r10+rbx]
073a vpunpckhbw      ymm31, ymm30, ymm30
0740 vpunpcklbw      ymm30, ymm30, ymm30
0746 vpunpckhwd      ymm17, ymm16, ymm30
074c vpunpcklwd      ymm16, ymm16, ymm30
0752 vpunpckhwd      ymm19, ymm18, ymm31
0758 vpunpcklwd      ymm18, ymm18, ymm31
075e add             rbx, 60
0762 mov             ebp, 4
0767 vmovdqu8        ymm30, [r8+rbx]
076e vmovdqu8        ymm31, [r9+rbx]
0775 vpunpcklbw      ymm20, ymm30, ymm31
077b vpunpckhbw      ymm22, ymm30, ymm31
0781 vmovdqu8        ymm30, [r10+rbx]
0788 vpunpckhbw      ymm31, ymm30, ymm30
078e vpunpcklbw      ymm30, ymm30, ymm30
0794 vpunpckhwd      ymm21, ymm20, ymm30
079a vpunpcklwd      ymm20, ymm20, ymm30
07a0 vpunpckhwd      ymm23, ymm22, ymm31
07a6 vpunpcklwd      ymm22, ymm22, ymm31
07ac add             rbx, 60
07b0 vmovdqu32       ymm24, [rsi]
07b6 vmovdqu32       ymm25, [rsi+0C0]
07bd vmovdqu32       ymm26, [rsi+180]
07c4 vmovdqu32       ymm27, [rsi+240]
07cb vpdpbusd        ymm24, ymm12, ymm0
07d1 vpdpbusd        ymm25, ymm13, ymm1
07d7 vpdpbusd        ymm26, ymm14, ymm2
07dd vpdpbusd        ymm27, ymm15, ymm3
07e3 vpdpbusd        ymm24, ymm16, ymm4
07e9 vpdpbusd        ymm25, ymm17, ymm5
07ef vpdpbusd        ymm26, ymm18, ymm6
07f5 vpdpbusd        ymm27, ymm19, ymm7
07fb vpdpbusd        ymm24, ymm20, ymm8
0801 vpdpbusd        ymm25, ymm21, ymm9
0807 vpdpbusd        ymm26, ymm22, ymm10
080d vpdpbusd        ymm27, ymm23, ymm11
0813 vcvtdq2ps       ymm24, ymm24
0819 vmulps          ymm24, ymm24, [rsi+40]
0820 vcvtps2dq       ymm24, ymm24
0826 vcvtdq2ps       ymm25, ymm25
082c vmulps          ymm25, ymm25, [rsi+100]
0833 vcvtps2dq       ymm25, ymm25
0839 vcvtdq2ps       ymm26, ymm26
083f vmulps          ymm26, ymm26, [rsi+1C0]
0846 vcvtps2dq       ymm26, ymm26
084c vcvtdq2ps       ymm27, ymm27
0852 vmulps          ymm27, ymm27, [rsi+280]
0859 vcvtps2dq       ymm27, ymm27
085f vpackssdw       ymm24, ymm24, ymm25
0865 vpaddsw         ymm24, ymm24, ymm29
086b vpackssdw       ymm26, ymm26, ymm27
0871 vpaddsw         ymm26, ymm26, ymm29
0877 vpackuswb       ymm24, ymm24, ymm26
087d vmovdqu8        [rax], ymm24
0883 add             rax, 60
0889 vmovdqu8        ymm30, [r8+rbx]
0890 vmovdqu8        ymm31, [r9+rbx]
0897 vpunpcklbw      ymm12, ymm30, ymm31
089d vpunpckhbw      ymm14, ymm30, ymm31
08a3 vmovdqu8        ymm30, [r10+rbx]
08aa vpunpckhbw      ymm31, ymm30, ymm30
08b0 vpunpcklbw      ymm30, ymm30, ymm30
08b6 vpunpckhwd      ymm13, ymm12, ymm30
08bc vpunpcklwd      ymm12, ymm12, ymm30
08c2 vpunpckhwd      ymm15, ymm14, ymm31
08c8 vpunpcklwd      ymm14, ymm14, ymm31
08ce add             rbx, 60
08d2 vmovdqu32       ymm24, [rsi]
08d8 vmovdqu32       ymm25, [rsi+0C0]
08df vmovdqu32       ymm26, [rsi+180]
08e6 vmovdqu32       ymm27, [rsi+240]
08ed vpdpbusd        ymm24, ymm16, ymm0
08f3 vpdpbusd        ymm25, ymm17, ymm1
08f9 vpdpbusd        ymm26, ymm18, ymm2
08ff vpdpbusd        ymm27, ymm19, ymm3
0905 vpdpbusd        ymm24, ymm20, ymm4
090b vpdpbusd        ymm25, ymm21, ymm5
0911 vpdpbusd        ymm26, ymm22, ymm6
0917 vpdpbusd        ymm27, ymm23, ymm7
091d vpdpbusd        ymm24, ymm12, ymm8
0923 vpdpbusd        ymm25, ymm13, ymm9
0929 vpdpbusd        ymm26, ymm14, ymm10
092f vpdpbusd        ymm27, ymm15, ymm11
0935 vcvtdq2ps       ymm24, ymm24
093b vmulps          ymm24, ymm24, [rsi+40]
0942 vcvtps2dq       ymm24, ymm24
0948 vcvtdq2ps       ymm25, ymm25
094e vmulps          ymm25, ymm25, [rsi+100]
0955 vcvtps2dq       ymm25, ymm25
095b vcvtdq2ps       ymm26, ymm26
0961 vmulps          ymm26, ymm26, [rsi+1C0]
0968 vcvtps2dq       ymm26, ymm26
096e vcvtdq2ps       ymm27, ymm27
0974 vmulps          ymm27, ymm27, [rsi+280]
097b vcvtps2dq       ymm27, ymm27
0981 vpackssdw       ymm24, ymm24, ymm25
0987 vpaddsw         ymm24, ymm24, ymm29
098d vpackssdw       ymm26, ymm26, ymm27
0993 vpaddsw         ymm26, ymm26, ymm29
0999 vpackuswb       ymm24, ymm24, ymm26
099f vmovdqu8        [rax], ymm24
09a5 add             rax, 60
09ab vmovdqu8        ymm30, [r8+rbx]
09b2 vmovdqu8        ymm31, [r9+rbx]
09b9 vpunpcklbw      ymm16, ymm30, ymm31
09bf vpunpckhbw      ymm18, ymm30, ymm31
09c5 vmovdqu8        ymm30, [r10+rbx]
09cc vpunpckhbw      ymm31, ymm30, ymm30
09d2 vpunpcklbw      ymm30, ymm30, ymm30
09d8 vpunpckhwd      ymm17, ymm16, ymm30
09de vpunpcklwd      ymm16, ymm16, ymm30
09e4 vpunpckhwd      ymm19, ymm18, ymm31
09ea vpunpcklwd      ymm18, ymm18, ymm31
09f0 add             rbx, 60
09f4 vmovdqu32       ymm24, [rsi]
09fa vmovdqu32       ymm25, [rsi+0C0]
0a01 vmovdqu32       ymm26, [rsi+180]
0a08 vmovdqu32       ymm27, [rsi+240]
0a0f vpdpbusd        ymm24, ymm20, ymm0
0a15 vpdpbusd        ymm25, ymm21, ymm1
0a1b vpdpbusd        ymm26, ymm22, ymm2
0a21 vpdpbusd        ymm27, ymm23, ymm3
0a27 vpdpbusd        ymm24, ymm12, ymm4
0a2d vpdpbusd        ymm25, ymm13, ymm5
0a33 vpdpbusd        ymm26, ymm14, ymm6
0a39 vpdpbusd        ymm27, ymm15, ymm7
0a3f vpdpbusd        ymm24, ymm16, ymm8
0a45 vpdpbusd        ymm25, ymm17, ymm9
0a4b vpdpbusd        ymm26, ymm18, ymm10
0a51 vpdpbusd        ymm27, ymm19, ymm11
0a57 vcvtdq2ps       ymm24, ymm24
0a5d vmulps          ymm24, ymm24, [rsi+40]
0a64 vcvtps2dq       ymm24, ymm24
0a6a vcvtdq2ps       ymm25, ymm25
0a70 vmulps          ymm25, ymm25, [rsi+100]
0a77 vcvtps2dq       ymm25, ymm25
0a7d vcvtdq2ps       ymm26, ymm26
0a83 vmulps          ymm26, ymm26, [rsi+1C0]
0a8a vcvtps2dq       ymm26, ymm26
0a90 vcvtdq2ps       ymm27, ymm27
0a96 vmulps          ymm27, ymm27, [rsi+280]
0a9d vcvtps2dq       ymm27, ymm27
0aa3 vpackssdw       ymm24, ymm24, ymm25
0aa9 vpaddsw         ymm24, ymm24, ymm29
0aaf vpackssdw       ymm26, ymm26, ymm27
0ab5 vpaddsw         ymm26, ymm26, ymm29
0abb vpackuswb       ymm24, ymm24, ymm26
0ac1 vmovdqu8        [rax], ymm24
0ac7 add             rax, 60
0acd dec             ebp
0acf jne             near 0000000000000767
0ad5 vmovdqu8        ymm30, [r8+rbx]
0adc vmovdqu8        ymm31, [r9+rbx]
0ae3 vpunpcklbw      ymm20, ymm30, ymm31
0ae9 vpunpckhbw      ymm22, ymm30, ymm31
0aef vmovdqu8        ymm30, [r10+rbx]
0af6 vpunpckhbw      ymm31, ymm30, ymm30
0afc vpunpcklbw      ymm30, ymm30, ymm30
0b02 vpunpckhwd      ymm21, ymm20, ymm30
0b08 vpunpcklwd      ymm20, ymm20, ymm30
0b0e vpunpckhwd      ymm23, ymm22, ymm31
0b14 vpunpcklwd      ymm22, ymm22, ymm31
0b1a add             rbx, 60
0b1e vmovdqu32       ymm24, [rsi]
0b24 vmovdqu32       ymm25, [rsi+0C0]
0b2b vmovdqu32       ymm26, [rsi+180]
0b32 vmovdqu32       ymm27, [rsi+240]
0b39 vpdpbusd        ymm24, ymm12, ymm0
0b3f vpdpbusd        ymm25, ymm13, ymm1
0b45 vpdpbusd        ymm26, ymm14, ymm2
0b4b vpdpbusd        ymm27, ymm15, ymm3
0b51 vpdpbusd        ymm24, ymm16, ymm4
0b57 vpdpbusd        ymm25, ymm17, ymm5
0b5d vpdpbusd        ymm26, ymm18, ymm6
0b63 vpdpbusd        ymm27, ymm19, ymm7
0b69 vpdpbusd        ymm24, ymm20, ymm8
0b6f vpdpbusd        ymm25, ymm21, ymm9
0b75 vpdpbusd        ymm26, ymm22, ymm10
0b7b vpdpbusd        ymm27, ymm23, ymm11
0b81 vcvtdq2ps       ymm24, ymm24
0b87 vmulps          ymm24, ymm24, [rsi+40]
0b8e vcvtps2dq       ymm24, ymm24
0b94 vcvtdq2ps       ymm25, ymm25
0b9a vmulps          ymm25, ymm25, [rsi+100]
0ba1 vcvtps2dq       ymm25, ymm25
0ba7 vcvtdq2ps       ymm26, ymm26
0bad vmulps          ymm26, ymm26, [rsi+1C0]
0bb4 vcvtps2dq       ymm26, ymm26
0bba vcvtdq2ps       ymm27, ymm27
0bc0 vmulps          ymm27, ymm27, [rsi+280]
0bc7 vcvtps2dq       ymm27, ymm27
0bcd vpackssdw       ymm24, ymm24, ymm25
0bd3 vpaddsw         ymm24, ymm24, ymm29
0bd9 vpackssdw       ymm26, ymm26, ymm27
0bdf vpaddsw         ymm26, ymm26, ymm29
0be5 vpackuswb       ymm24, ymm24, ymm26
0beb vmovdqu8        [rax], ymm24
0bf1 add             rax, 60
0bf7 vmovdqu32       ymm12, [r11+100]
0bfe vmovdqu32       ymm13, [r11+100]
0c05 vmovdqu32       ymm14, [r11+100]
0c0c vmovdqu32       ymm15, [r11+100]
0c13 vmovdqu32       ymm24, [rsi]
0c19 vmovdqu32       ymm25, [rsi+0C0]
0c20 vmovdqu32       ymm26, [rsi+180]
0c27 vmovdqu32       ymm27, [rsi+240]
0c2e vpdpbusd        ymm24, ymm16, ymm0
0c34 vpdpbusd        ymm25, ymm17, ymm1
0c3a vpdpbusd        ymm26, ymm18, ymm2
0c40 vpdpbusd        ymm27, ymm19, ymm3
0c46 vpdpbusd        ymm24, ymm20, ymm4
0c4c vpdpbusd        ymm25, ymm21, ymm5
0c52 vpdpbusd        ymm26, ymm22, ymm6
0c58 vpdpbusd        ymm27, ymm23, ymm7
0c5e vpdpbusd        ymm24, ymm12, ymm8
0c64 vpdpbusd        ymm25, ymm13, ymm9
0c6a vpdpbusd        ymm26, ymm14, ymm10
0c70 vpdpbusd        ymm27, ymm15, ymm11
0c76 vcvtdq2ps       ymm24, ymm24
0c7c vmulps          ymm24, ymm24, [rsi+40]
0c83 vcvtps2dq       ymm24, ymm24
0c89 vcvtdq2ps       ymm25, ymm25
0c8f vmulps          ymm25, ymm25, [rsi+100]
0c96 vcvtps2dq       ymm25, ymm25
0c9c vcvtdq2ps       ymm26, ymm26
0ca2 vmulps          ymm26, ymm26, [rsi+1C0]
0ca9 vcvtps2dq       ymm26, ymm26
0caf vcvtdq2ps       ymm27, ymm27
0cb5 vmulps          ymm27, ymm27, [rsi+280]
0cbc vcvtps2dq       ymm27, ymm27
0cc2 vpackssdw       ymm24, ymm24, ymm25
0cc8 vpaddsw         ymm24, ymm24, ymm29
0cce vpackssdw       ymm26, ymm26, ymm27
0cd4 vpaddsw         ymm26, ymm26, ymm29
0cda vpackuswb       ymm24, ymm24, ymm26
0ce0 vmovdqu8        [rax], ymm24
0ce6 add             rax, 60
0cec vzeroupper
0cef pop             rbp
0cf0 pop             rbx
0cf1 ret
