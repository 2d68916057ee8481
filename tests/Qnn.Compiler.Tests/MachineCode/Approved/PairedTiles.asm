0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 vmovdqu32       zmm29, [r10]
001e cmp             r11, 3
0022 jge             short 0000000000000040
0024 mov             eax, 3
0029 sub             rax, r11
002c imul            rbx, rax, 10
0030 sub             rsi, rbx
0033 imul            rbx, rax, 60
0037 sub             rcx, rbx
003a mov             r11d, 3
0040 mov             rdx, rcx
0043 jmp             short 0000000000000067
0045 cmp             r11, 3
0049 jge             short 0000000000000067
004b mov             eax, 3
0050 sub             rax, r11
0053 imul            rbx, rax, 10
0057 sub             rsi, rbx
005a imul            rbx, rax, 60
005e sub             rcx, rbx
0061 mov             r11d, 3
0067 vmovdqu32       zmm0, [r9]
006d vcvtdq2ps       zmm12, zmm12
0073 vmovdqa32       zmm4, zmm0
0079 vmulps          zmm12, zmm12, [r9+40]
0080 vmovdqa32       zmm8, zmm0
0086 vmovdqu32       zmm1, [r9+0C0]
008d vcvtps2dq       zmm12, zmm12
0093 vmovdqa32       zmm5, zmm1
0099 vmovdqa32       zmm9, zmm1
009f vcvtdq2ps       zmm13, zmm13
00a5 vmovdqu32       zmm2, [r9+180]
00ac vmulps          zmm13, zmm13, [r9+100]
00b3 vmovdqa32       zmm6, zmm2
00b9 vmovdqa32       zmm10, zmm2
00bf vcvtps2dq       zmm13, zmm13
00c5 vmovdqu32       zmm3, [r9+240]
00cc vmovdqa32       zmm7, zmm3
00d2 vcvtdq2ps       zmm14, zmm14
00d8 vmovdqa32       zmm11, zmm3
00de vmovdqu32       zmm24, [r8]
00e4 vmulps          zmm14, zmm14, [r9+1C0]
00eb vmovdqu32       zmm25, [r8+100]
00f2 vcvtps2dq       zmm14, zmm14
00f8 vmovdqu32       zmm26, [r8+200]
00ff vmovdqu32       zmm27, [r8+300]
0106 vcvtdq2ps       zmm15, zmm15
010c vpbroadcastd    zmm28, [rsi]
0112 vpdpbusd        zmm0, zmm28, zmm24
0118 vmulps          zmm15, zmm15, [r9+280]
011f vpdpbusd        zmm1, zmm28, zmm25
0125 vcvtps2dq       zmm15, zmm15
012b vpdpbusd        zmm2, zmm28, zmm26
0131 vpdpbusd        zmm3, zmm28, zmm27
0137 vpackssdw       zmm12, zmm12, zmm13
013d vpbroadcastd    zmm28, [rsi+10]
0144 vpdpbusd        zmm4, zmm28, zmm24
014a vpackssdw       zmm14, zmm14, zmm15
0150 vpdpbusd        zmm5, zmm28, zmm25
0156 vpdpbusd        zmm6, zmm28, zmm26
015c vpackuswb       zmm12, zmm12, zmm14
0162 vpdpbusd        zmm7, zmm28, zmm27
0168 vpermd          zmm12, zmm29, zmm12
016e vpbroadcastd    zmm28, [rsi+20]
0175 vpdpbusd        zmm8, zmm28, zmm24
017b vmovdqu8        [rdx], zmm12
0181 vpdpbusd        zmm9, zmm28, zmm25
0187 vpdpbusd        zmm10, zmm28, zmm26
018d vcvtdq2ps       zmm16, zmm16
0193 vpdpbusd        zmm11, zmm28, zmm27
0199 vmovdqu32       zmm24, [r8+40]
01a0 vmulps          zmm16, zmm16, [r9+40]
01a7 vmovdqu32       zmm25, [r8+140]
01ae vcvtps2dq       zmm16, zmm16
01b4 vmovdqu32       zmm26, [r8+240]
01bb vmovdqu32       zmm27, [r8+340]
01c2 vcvtdq2ps       zmm17, zmm17
01c8 vpbroadcastd    zmm28, [rsi+4]
01cf vpdpbusd        zmm0, zmm28, zmm24
01d5 vmulps          zmm17, zmm17, [r9+100]
01dc vpdpbusd        zmm1, zmm28, zmm25
01e2 vcvtps2dq       zmm17, zmm17
01e8 vpdpbusd        zmm2, zmm28, zmm26
01ee vpdpbusd        zmm3, zmm28, zmm27
01f4 vcvtdq2ps       zmm18, zmm18
01fa vpbroadcastd    zmm28, [rsi+14]
0201 vpdpbusd        zmm4, zmm28, zmm24
0207 vmulps          zmm18, zmm18, [r9+1C0]
020e vpdpbusd        zmm5, zmm28, zmm25
0214 vpdpbusd        zmm6, zmm28, zmm26
021a vcvtps2dq       zmm18, zmm18
0220 vpdpbusd        zmm7, zmm28, zmm27
0226 vcvtdq2ps       zmm19, zmm19
022c vpbroadcastd    zmm28, [rsi+24]
0233 vpdpbusd        zmm8, zmm28, zmm24
0239 vmulps          zmm19, zmm19, [r9+280]
0240 vpdpbusd        zmm9, zmm28, zmm25
0246 vpdpbusd        zmm10, zmm28, zmm26
024c vcvtps2dq       zmm19, zmm19
0252 vpdpbusd        zmm11, zmm28, zmm27
0258 vmovdqu32       zmm24, [r8+80]
025f vpackssdw       zmm16, zmm16, zmm17
0265 vmovdqu32       zmm25, [r8+180]
026c vpackssdw       zmm18, zmm18, zmm19
0272 vmovdqu32       zmm26, [r8+280]
0279 vmovdqu32       zmm27, [r8+380]
0280 vpackuswb       zmm16, zmm16, zmm18
0286 vpbroadcastd    zmm28, [rsi+8]
028d vpdpbusd        zmm0, zmm28, zmm24
0293 vpermd          zmm16, zmm29, zmm16
0299 vpdpbusd        zmm1, zmm28, zmm25
029f vmovdqu8        [rdx+60], zmm16
02a9 vpdpbusd        zmm2, zmm28, zmm26
02af vpdpbusd        zmm3, zmm28, zmm27
02b5 vcvtdq2ps       zmm20, zmm20
02bb vpbroadcastd    zmm28, [rsi+18]
02c2 vpdpbusd        zmm4, zmm28, zmm24
02c8 vmulps          zmm20, zmm20, [r9+40]
02cf vpdpbusd        zmm5, zmm28, zmm25
02d5 vpdpbusd        zmm6, zmm28, zmm26
02db vcvtps2dq       zmm20, zmm20
02e1 vpdpbusd        zmm7, zmm28, zmm27
02e7 vcvtdq2ps       zmm21, zmm21
02ed vpbroadcastd    zmm28, [rsi+28]
02f4 vpdpbusd        zmm8, zmm28, zmm24
02fa vmulps          zmm21, zmm21, [r9+100]
0301 vpdpbusd        zmm9, zmm28, zmm25
0307 vpdpbusd        zmm10, zmm28, zmm26
030d vcvtps2dq       zmm21, zmm21
0313 vpdpbusd        zmm11, zmm28, zmm27
0319 vmovdqu32       zmm24, [r8+0C0]
0320 vcvtdq2ps       zmm22, zmm22
0326 vmovdqu32       zmm25, [r8+1C0]
032d vmulps          zmm22, zmm22, [r9+1C0]
0334 vmovdqu32       zmm26, [r8+2C0]
033b vmovdqu32       zmm27, [r8+3C0]
0342 vcvtps2dq       zmm22, zmm22
0348 vpbroadcastd    zmm28, [rsi+0C]
034f vpdpbusd        zmm0, zmm28, zmm24
0355 vcvtdq2ps       zmm23, zmm23
035b vpdpbusd        zmm1, zmm28, zmm25
0361 vmulps          zmm23, zmm23, [r9+280]
0368 vpdpbusd        zmm2, zmm28, zmm26
036e vpdpbusd        zmm3, zmm28, zmm27
0374 vcvtps2dq       zmm23, zmm23
037a vpbroadcastd    zmm28, [rsi+1C]
0381 vpdpbusd        zmm4, zmm28, zmm24
0387 vpackssdw       zmm20, zmm20, zmm21
038d vpdpbusd        zmm5, zmm28, zmm25
0393 vpdpbusd        zmm6, zmm28, zmm26
0399 vpackssdw       zmm22, zmm22, zmm23
039f vpdpbusd        zmm7, zmm28, zmm27
03a5 vpackuswb       zmm20, zmm20, zmm22
03ab vpbroadcastd    zmm28, [rsi+2C]
03b2 vpdpbusd        zmm8, zmm28, zmm24
03b8 vpermd          zmm20, zmm29, zmm20
03be vpdpbusd        zmm9, zmm28, zmm25
03c4 vpdpbusd        zmm10, zmm28, zmm26
03ca vmovdqu8        [rdx+0C0], zmm20
03d1 vpdpbusd        zmm11, zmm28, zmm27
03d7 mov             rdx, rcx
03da add             rsi, 30
03de add             rcx, 120
03e5 sub             r11, 3
03e9 jg              near 0000000000000537
03ef vcvtdq2ps       zmm0, zmm0
03f5 vmulps          zmm0, zmm0, [r9+40]
03fc vcvtps2dq       zmm0, zmm0
0402 vcvtdq2ps       zmm1, zmm1
0408 vmulps          zmm1, zmm1, [r9+100]
040f vcvtps2dq       zmm1, zmm1
0415 vcvtdq2ps       zmm2, zmm2
041b vmulps          zmm2, zmm2, [r9+1C0]
0422 vcvtps2dq       zmm2, zmm2
0428 vcvtdq2ps       zmm3, zmm3
042e vmulps          zmm3, zmm3, [r9+280]
0435 vcvtps2dq       zmm3, zmm3
043b vpackssdw       zmm0, zmm0, zmm1
0441 vpackssdw       zmm2, zmm2, zmm3
0447 vpackuswb       zmm0, zmm0, zmm2
044d vpermd          zmm0, zmm29, zmm0
0453 vmovdqu8        [rdx], zmm0
0459 vcvtdq2ps       zmm4, zmm4
045f vmulps          zmm4, zmm4, [r9+40]
0466 vcvtps2dq       zmm4, zmm4
046c vcvtdq2ps       zmm5, zmm5
0472 vmulps          zmm5, zmm5, [r9+100]
0479 vcvtps2dq       zmm5, zmm5
047f vcvtdq2ps       zmm6, zmm6
0485 vmulps          zmm6, zmm6, [r9+1C0]
048c vcvtps2dq       zmm6, zmm6
0492 vcvtdq2ps       zmm7, zmm7
0498 vmulps          zmm7, zmm7, [r9+280]
049f vcvtps2dq       zmm7, zmm7
04a5 vpackssdw       zmm4, zmm4, zmm5
04ab vpackssdw       zmm6, zmm6, zmm7
04b1 vpackuswb       zmm4, zmm4, zmm6
04b7 vpermd          zmm4, zmm29, zmm4
04bd vmovdqu8        [rdx+60], zmm4
04c7 vcvtdq2ps       zmm8, zmm8
04cd vmulps          zmm8, zmm8, [r9+40]
04d4 vcvtps2dq       zmm8, zmm8
04da vcvtdq2ps       zmm9, zmm9
04e0 vmulps          zmm9, zmm9, [r9+100]
04e7 vcvtps2dq       zmm9, zmm9
04ed vcvtdq2ps       zmm10, zmm10
04f3 vmulps          zmm10, zmm10, [r9+1C0]
04fa vcvtps2dq       zmm10, zmm10
0500 vcvtdq2ps       zmm11, zmm11
0506 vmulps          zmm11, zmm11, [r9+280]
050d vcvtps2dq       zmm11, zmm11
0513 vpackssdw       zmm8, zmm8, zmm9
0519 vpackssdw       zmm10, zmm10, zmm11
051f vpackuswb       zmm8, zmm8, zmm10
0525 vpermd          zmm8, zmm29, zmm8
052b vmovdqu8        [rdx+0C0], zmm8
0532 jmp             0000000000000A24
0537 cmp             r11, 3
053b jge             short 0000000000000559
053d mov             eax, 3
0542 sub             rax, r11
0545 imul            rbx, rax, 10
0549 sub             rsi, rbx
054c imul            rbx, rax, 60
0550 sub             rcx, rbx
0553 mov             r11d, 3
0559 vmovdqu32       zmm12, [r9]
055f vcvtdq2ps       zmm0, zmm0
0565 vmovdqa32       zmm16, zmm12
056b vmulps          zmm0, zmm0, [r9+40]
0572 vmovdqa32       zmm20, zmm12
0578 vmovdqu32       zmm13, [r9+0C0]
057f vcvtps2dq       zmm0, zmm0
0585 vmovdqa32       zmm17, zmm13
058b vmovdqa32       zmm21, zmm13
0591 vcvtdq2ps       zmm1, zmm1
0597 vmovdqu32       zmm14, [r9+180]
059e vmulps          zmm1, zmm1, [r9+100]
05a5 vmovdqa32       zmm18, zmm14
05ab vmovdqa32       zmm22, zmm14
05b1 vcvtps2dq       zmm1, zmm1
05b7 vmovdqu32       zmm15, [r9+240]
05be vmovdqa32       zmm19, zmm15
05c4 vcvtdq2ps       zmm2, zmm2
05ca vmovdqa32       zmm23, zmm15
05d0 vmovdqu32       zmm24, [r8]
05d6 vmulps          zmm2, zmm2, [r9+1C0]
05dd vmovdqu32       zmm25, [r8+100]
05e4 vcvtps2dq       zmm2, zmm2
05ea vmovdqu32       zmm26, [r8+200]
05f1 vmovdqu32       zmm27, [r8+300]
05f8 vcvtdq2ps       zmm3, zmm3
05fe vpbroadcastd    zmm28, [rsi]
0604 vpdpbusd        zmm12, zmm28, zmm24
060a vmulps          zmm3, zmm3, [r9+280]
0611 vpdpbusd        zmm13, zmm28, zmm25
0617 vcvtps2dq       zmm3, zmm3
061d vpdpbusd        zmm14, zmm28, zmm26
0623 vpdpbusd        zmm15, zmm28, zmm27
0629 vpackssdw       zmm0, zmm0, zmm1
062f vpbroadcastd    zmm28, [rsi+10]
0636 vpdpbusd        zmm16, zmm28, zmm24
063c vpackssdw       zmm2, zmm2, zmm3
0642 vpdpbusd        zmm17, zmm28, zmm25
0648 vpdpbusd        zmm18, zmm28, zmm26
064e vpackuswb       zmm0, zmm0, zmm2
0654 vpdpbusd        zmm19, zmm28, zmm27
065a vpermd          zmm0, zmm29, zmm0
0660 vpbroadcastd    zmm28, [rsi+20]
0667 vpdpbusd        zmm20, zmm28, zmm24
066d vmovdqu8        [rdx], zmm0
0673 vpdpbusd        zmm21, zmm28, zmm25
0679 vpdpbusd        zmm22, zmm28, zmm26
067f vcvtdq2ps       zmm4, zmm4
0685 vpdpbusd        zmm23, zmm28, zmm27
068b vmovdqu32       zmm24, [r8+40]
0692 vmulps          zmm4, zmm4, [r9+40]
0699 vmovdqu32       zmm25, [r8+140]
06a0 vcvtps2dq       zmm4, zmm4
06a6 vmovdqu32       zmm26, [r8+240]
06ad vmovdqu32       zmm27, [r8+340]
06b4 vcvtdq2ps       zmm5, zmm5
06ba vpbroadcastd    zmm28, [rsi+4]
06c1 vpdpbusd        zmm12, zmm28, zmm24
06c7 vmulps          zmm5, zmm5, [r9+100]
06ce vpdpbusd        zmm13, zmm28, zmm25
06d4 vcvtps2dq       zmm5, zmm5
06da vpdpbusd        zmm14, zmm28, zmm26
06e0 vpdpbusd        zmm15, zmm28, zmm27
06e6 vcvtdq2ps       zmm6, zmm6
06ec vpbroadcastd    zmm28, [rsi+14]
06f3 vpdpbusd        zmm16, zmm28, zmm24
06f9 vmulps          zmm6, zmm6, [r9+1C0]
0700 vpdpbusd        zmm17, zmm28, zmm25
0706 vpdpbusd        zmm18, zmm28, zmm26
070c vcvtps2dq       zmm6, zmm6
0712 vpdpbusd        zmm19, zmm28, zmm27
0718 vcvtdq2ps       zmm7, zmm7
071e vpbroadcastd    zmm28, [rsi+24]
0725 vpdpbusd        zmm20, zmm28, zmm24
072b vmulps          zmm7, zmm7, [r9+280]
0732 vpdpbusd        zmm21, zmm28, zmm25
0738 vpdpbusd        zmm22, zmm28, zmm26
073e vcvtps2dq       zmm7, zmm7
0744 vpdpbusd        zmm23, zmm28, zmm27
074a vmovdqu32       zmm24, [r8+80]
0751 vpackssdw       zmm4, zmm4, zmm5
0757 vmovdqu32       zmm25, [r8+180]
075e vpackssdw       zmm6, zmm6, zmm7
0764 vmovdqu32       zmm26, [r8+280]
076b vmovdqu32       zmm27, [r8+380]
0772 vpackuswb       zmm4, zmm4, zmm6
0778 vpbroadcastd    zmm28, [rsi+8]
077f vpdpbusd        zmm12, zmm28, zmm24
0785 vpermd          zmm4, zmm29, zmm4
078b vpdpbusd        zmm13, zmm28, zmm25
0791 vmovdqu8        [rdx+60], zmm4
079b vpdpbusd        zmm14, zmm28, zmm26
07a1 vpdpbusd        zmm15, zmm28, zmm27
07a7 vcvtdq2ps       zmm8, zmm8
07ad vpbroadcastd    zmm28, [rsi+18]
07b4 vpdpbusd        zmm16, zmm28, zmm24
07ba vmulps          zmm8, zmm8, [r9+40]
07c1 vpdpbusd        zmm17, zmm28, zmm25
07c7 vpdpbusd        zmm18, zmm28, zmm26
07cd vcvtps2dq       zmm8, zmm8
07d3 vpdpbusd        zmm19, zmm28, zmm27
07d9 vcvtdq2ps       zmm9, zmm9
07df vpbroadcastd    zmm28, [rsi+28]
07e6 vpdpbusd        zmm20, zmm28, zmm24
07ec vmulps          zmm9, zmm9, [r9+100]
07f3 vpdpbusd        zmm21, zmm28, zmm25
07f9 vpdpbusd        zmm22, zmm28, zmm26
07ff vcvtps2dq       zmm9, zmm9
0805 vpdpbusd        zmm23, zmm28, zmm27
080b vmovdqu32       zmm24, [r8+0C0]
0812 vcvtdq2ps       zmm10, zmm10
0818 vmovdqu32       zmm25, [r8+1C0]
081f vmulps          zmm10, zmm10, [r9+1C0]
0826 vmovdqu32       zmm26, [r8+2C0]
082d vmovdqu32       zmm27, [r8+3C0]
0834 vcvtps2dq       zmm10, zmm10
083a vpbroadcastd    zmm28, [rsi+0C]
0841 vpdpbusd        zmm12, zmm28, zmm24
0847 vcvtdq2ps       zmm11, zmm11
084d vpdpbusd        zmm13, zmm28, zmm25
0853 vmulps          zmm11, zmm11, [r9+280]
085a vpdpbusd        zmm14, zmm28, zmm26
0860 vpdpbusd        zmm15, zmm28, zmm27
0866 vcvtps2dq       zmm11, zmm11
086c vpbroadcastd    zmm28, [rsi+1C]
0873 vpdpbusd        zmm16, zmm28, zmm24
0879 vpackssdw       zmm8, zmm8, zmm9
087f vpdpbusd        zmm17, zmm28, zmm25
0885 vpdpbusd        zmm18, zmm28, zmm26
088b vpackssdw       zmm10, zmm10, zmm11
0891 vpdpbusd        zmm19, zmm28, zmm27
0897 vpackuswb       zmm8, zmm8, zmm10
089d vpbroadcastd    zmm28, [rsi+2C]
08a4 vpdpbusd        zmm20, zmm28, zmm24
08aa vpermd          zmm8, zmm29, zmm8
08b0 vpdpbusd        zmm21, zmm28, zmm25
08b6 vpdpbusd        zmm22, zmm28, zmm26
08bc vmovdqu8        [rdx+0C0], zmm8
08c3 vpdpbusd        zmm23, zmm28, zmm27
08c9 mov             rdx, rcx
08cc add             rsi, 30
08d0 add             rcx, 120
08d7 sub             r11, 3
08db jg              near 0000000000000045
08e1 vcvtdq2ps       zmm12, zmm12
08e7 vmulps          zmm12, zmm12, [r9+40]
08ee vcvtps2dq       zmm12, zmm12
08f4 vcvtdq2ps       zmm13, zmm13
08fa vmulps          zmm13, zmm13, [r9+100]
0901 vcvtps2dq       zmm13, zmm13
0907 vcvtdq2ps       zmm14, zmm14
090d vmulps          zmm14, zmm14, [r9+1C0]
0914 vcvtps2dq       zmm14, zmm14
091a vcvtdq2ps       zmm15, zmm15
0920 vmulps          zmm15, zmm15, [r9+280]
0927 vcvtps2dq       zmm15, zmm15
092d vpackssdw       zmm12, zmm12, zmm13
0933 vpackssdw       zmm14, zmm14, zmm15
0939 vpackuswb       zmm12, zmm12, zmm14
093f vpermd          zmm12, zmm29, zmm12
0945 vmovdqu8        [rdx], zmm12
094b vcvtdq2ps       zmm16, zmm16
0951 vmulps          zmm16, zmm16, [r9+40]
0958 vcvtps2dq       zmm16, zmm16
095e vcvtdq2ps       zmm17, zmm17
0964 vmulps          zmm17, zmm17, [r9+100]
096b vcvtps2dq       zmm17, zmm17
0971 vcvtdq2ps       zmm18, zmm18
0977 vmulps          zmm18, zmm18, [r9+1C0]
097e vcvtps2dq       zmm18, zmm18
0984 vcvtdq2ps       zmm19, zmm19
098a vmulps          zmm19, zmm19, [r9+280]
0991 vcvtps2dq       zmm19, zmm19
0997 vpackssdw       zmm16, zmm16, zmm17
099d vpackssdw       zmm18, zmm18, zmm19
09a3 vpackuswb       zmm16, zmm16, zmm18
09a9 vpermd          zmm16, zmm29, zmm16
09af vmovdqu8        [rdx+60], zmm16
09b9 vcvtdq2ps       zmm20, zmm20
09bf vmulps          zmm20, zmm20, [r9+40]
09c6 vcvtps2dq       zmm20, zmm20
09cc vcvtdq2ps       zmm21, zmm21
09d2 vmulps          zmm21, zmm21, [r9+100]
09d9 vcvtps2dq       zmm21, zmm21
09df vcvtdq2ps       zmm22, zmm22
09e5 vmulps          zmm22, zmm22, [r9+1C0]
09ec vcvtps2dq       zmm22, zmm22
09f2 vcvtdq2ps       zmm23, zmm23
09f8 vmulps          zmm23, zmm23, [r9+280]
09ff vcvtps2dq       zmm23, zmm23
0a05 vpackssdw       zmm20, zmm20, zmm21
0a0b vpackssdw       zmm22, zmm22, zmm23
0a11 vpackuswb       zmm20, zmm20, zmm22
0a17 vpermd          zmm20, zmm29, zmm20
0a1d vmovdqu8        [rdx+0C0], zmm20
0a24 vzeroupper
0a27 pop             rbx
0a28 ret
