0000 push            rbx
0001 push            rbp
0002 mov             r8, [rdi]
0005 mov             r9, [rdi+8]
0009 mov             r10, [rdi+10]
000d mov             rcx, [rdi+18]
0011 mov             rdx, [rdi+20]
0015 mov             rsi, [rdi+28]
0019 mov             r11, [rdi+30]
001d vmovdqu32       zmm29, [r11+40]
0024 mov             rax, 0FFFFFFFFFFFFFFFF
002e kmovq           k1, rax
0033 mov             edi, 2
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
0210 vmovdqu8        [rax]{k1}, zmm24
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
0332 vmovdqu8        [rax]{k1}, zmm24
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
0454 vmovdqu8        [rax]{k1}, zmm24
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
057e vmovdqu8        [rax]{k1}, zmm24
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
0673 vmovdqu8        [rax]{k1}, zmm24
0679 add             rax, 60
067f add             r8, 40
0683 add             r9, 40
0687 add             r10, 40
068b add             rcx, 40
068f add             rdx, 300
0696 add             rsi, 300
069d cmp             edi, 2
06a0 jne             short 00000000000006B1
06a2 mov             rax, 0FFFFFFFF
06ac kmovq           k1, rax
06b1 dec             edi
06b3 jne             near 0000000000000038
06b9 vzeroupper
06bc pop             rbp
06bd pop             rbx
06be ret
