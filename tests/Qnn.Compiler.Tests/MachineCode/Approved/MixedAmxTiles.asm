0000 push            rbx
0001 push            rbp
0002 push            r12
0004 push            r13
0006 push            r14
0008 push            r15
000a mov             rsi, [rdi]
000d mov             rcx, [rdi+8]
0011 mov             r8, [rdi+10]
0015 mov             r9, [rdi+18]
0019 mov             r10, [rdi+20]
001d mov             r11, [rdi+28]
0021 mov             rbp, [rdi+40]
0025 vmovdqu32       zmm28, [r10+40]
002c vmovdqu32       zmm29, [r10]
0032 mov             eax, 48
0037 mov             edx, 40
003c mov             ebx, 80
0041 ldtilecfg       [rip+0CD1]
004a lea             r15, [rbp+1040]
0051 lea             rdi, [rbp+2080]
0058 cmp             r11, 10
005c jge             short 000000000000007B
005e mov             r13d, 10
0064 sub             r13, r11
0067 imul            r14, r13, 48
006b sub             rsi, r14
006e imul            r14, r13, 20
0072 sub             rcx, r14
0075 mov             r11d, 10
007b tileloadd       tmm0, [r9]
0081 tileloadd       tmm1, [r9+0C0]
008b tileloadd       tmm5, [r8+rdx]
0091 tileloadd       tmm4, [rsi+rax]
0097 tdpbusd         tmm0, tmm4, tmm5
009c tileloadd       tmm5, [r8+rdx+480]
00a6 tdpbusd         tmm1, tmm4, tmm5
00ab tileloadd       tmm7, [r8+rdx+400]
00b5 tileloadd       tmm6, [rsi+rax+40]
00bc tdpbusd         tmm0, tmm6, tmm7
00c1 tileloadd       tmm7, [r8+rdx+880]
00cb tdpbusd         tmm1, tmm6, tmm7
00d0 tilestored      [rbp+rbx], tmm0
00d7 tilestored      [rbp+rbx+40], tmm1
00de mov             [rbp+1000], rcx
00e5 mov             r13, rdi
00e8 mov             rdi, r15
00eb mov             r15, rbp
00ee mov             rbp, r13
00f1 add             rsi, 480
00f8 add             rcx, 200
00ff sub             r11, 10
0103 jg              short 000000000000010D
0105 mov             rdi, r15
0108 jmp             00000000000007B4
010d cmp             r11, 10
0111 jge             short 0000000000000130
0113 mov             r13d, 10
0119 sub             r13, r11
011c imul            r14, r13, 48
0120 sub             rsi, r14
0123 imul            r14, r13, 20
0127 sub             rcx, r14
012a mov             r11d, 10
0130 tileloadd       tmm0, [r9]
0136 tileloadd       tmm1, [r9+0C0]
0140 tileloadd       tmm5, [r8+rdx]
0146 tileloadd       tmm4, [rsi+rax]
014c tdpbusd         tmm0, tmm4, tmm5
0151 tileloadd       tmm5, [r8+rdx+480]
015b tdpbusd         tmm1, tmm4, tmm5
0160 tileloadd       tmm7, [r8+rdx+400]
016a tileloadd       tmm6, [rsi+rax+40]
0171 tdpbusd         tmm0, tmm6, tmm7
0176 tileloadd       tmm7, [r8+rdx+880]
0180 tdpbusd         tmm1, tmm6, tmm7
0185 tilestored      [rbp+rbx], tmm0
018c tilestored      [rbp+rbx+40], tmm1
0193 mov             [rbp+1000], rcx
019a mov             r13, rdi
019d mov             rdi, r15
01a0 mov             r15, rbp
01a3 mov             rbp, r13
01a6 add             rsi, 480
01ad add             rcx, 200
01b4 sub             r11, 10
01b8 jle             near 00000000000007B4
01be cmp             r11, 10
01c2 jge             short 00000000000001E1
01c4 mov             r13d, 10
01ca sub             r13, r11
01cd imul            r14, r13, 48
01d1 sub             rsi, r14
01d4 imul            r14, r13, 20
01d8 sub             rcx, r14
01db mov             r11d, 10
01e1 mov             r12, [rdi+1000]
01e8 tileloadd       tmm0, [r9]
01ee vmovdqu32       zmm0, [rdi]
01f4 vcvtdq2ps       zmm0, zmm0
01fa vmulps          zmm0, zmm0, [r9+40]
0201 vcvtps2dq       zmm0, zmm0
0207 vmovdqu32       zmm1, [rdi+40]
020e vcvtdq2ps       zmm1, zmm1
0214 vmulps          zmm1, zmm1, [r9+100]
021b vcvtps2dq       zmm1, zmm1
0221 tileloadd       tmm1, [r9+0C0]
022b vpackssdw       zmm0, zmm0, zmm1
0231 vpaddsw         zmm0, zmm0, zmm28
0237 vpackuswb       zmm0, zmm0, zmm0
023d vpermd          zmm0, zmm29, zmm0
0243 vmovdqu8        [r12], ymm0
024a vmovdqu32       zmm2, [rdi+80]
0251 vcvtdq2ps       zmm2, zmm2
0257 tileloadd       tmm5, [r8+rdx]
025d vmulps          zmm2, zmm2, [r9+40]
0264 vcvtps2dq       zmm2, zmm2
026a vmovdqu32       zmm3, [rdi+0C0]
0271 vcvtdq2ps       zmm3, zmm3
0277 vmulps          zmm3, zmm3, [r9+100]
027e vcvtps2dq       zmm3, zmm3
0284 vpackssdw       zmm2, zmm2, zmm3
028a vpaddsw         zmm2, zmm2, zmm28
0290 tileloadd       tmm4, [rsi+rax]
0296 vpackuswb       zmm2, zmm2, zmm2
029c vpermd          zmm2, zmm29, zmm2
02a2 vmovdqu8        [r12+20], ymm2
02aa vmovdqu32       zmm4, [rdi+100]
02b1 vcvtdq2ps       zmm4, zmm4
02b7 vmulps          zmm4, zmm4, [r9+40]
02be vcvtps2dq       zmm4, zmm4
02c4 tdpbusd         tmm0, tmm4, tmm5
02c9 vmovdqu32       zmm5, [rdi+140]
02d0 vcvtdq2ps       zmm5, zmm5
02d6 vmulps          zmm5, zmm5, [r9+100]
02dd vcvtps2dq       zmm5, zmm5
02e3 vpackssdw       zmm4, zmm4, zmm5
02e9 vpaddsw         zmm4, zmm4, zmm28
02ef vpackuswb       zmm4, zmm4, zmm4
02f5 vpermd          zmm4, zmm29, zmm4
02fb tileloadd       tmm5, [r8+rdx+480]
0305 vmovdqu8        [r12+40], ymm4
030d vmovdqu32       zmm6, [rdi+180]
0314 vcvtdq2ps       zmm6, zmm6
031a vmulps          zmm6, zmm6, [r9+40]
0321 vcvtps2dq       zmm6, zmm6
0327 vmovdqu32       zmm7, [rdi+1C0]
032e vcvtdq2ps       zmm7, zmm7
0334 tdpbusd         tmm1, tmm4, tmm5
0339 vmulps          zmm7, zmm7, [r9+100]
0340 vcvtps2dq       zmm7, zmm7
0346 vpackssdw       zmm6, zmm6, zmm7
034c vpaddsw         zmm6, zmm6, zmm28
0352 vpackuswb       zmm6, zmm6, zmm6
0358 vpermd          zmm6, zmm29, zmm6
035e vmovdqu8        [r12+60], ymm6
0366 tileloadd       tmm7, [r8+rdx+400]
0370 vmovdqu32       zmm8, [rdi+200]
0377 vcvtdq2ps       zmm8, zmm8
037d vmulps          zmm8, zmm8, [r9+40]
0384 vcvtps2dq       zmm8, zmm8
038a vmovdqu32       zmm9, [rdi+240]
0391 vcvtdq2ps       zmm9, zmm9
0397 vmulps          zmm9, zmm9, [r9+100]
039e vcvtps2dq       zmm9, zmm9
03a4 tileloadd       tmm6, [rsi+rax+40]
03ab vpackssdw       zmm8, zmm8, zmm9
03b1 vpaddsw         zmm8, zmm8, zmm28
03b7 vpackuswb       zmm8, zmm8, zmm8
03bd vpermd          zmm8, zmm29, zmm8
03c3 vmovdqu8        [r12+80], ymm8
03cb vmovdqu32       zmm10, [rdi+280]
03d2 vcvtdq2ps       zmm10, zmm10
03d8 tdpbusd         tmm0, tmm6, tmm7
03dd vmulps          zmm10, zmm10, [r9+40]
03e4 vcvtps2dq       zmm10, zmm10
03ea vmovdqu32       zmm11, [rdi+2C0]
03f1 vcvtdq2ps       zmm11, zmm11
03f7 vmulps          zmm11, zmm11, [r9+100]
03fe vcvtps2dq       zmm11, zmm11
0404 vpackssdw       zmm10, zmm10, zmm11
040a vpaddsw         zmm10, zmm10, zmm28
0410 tileloadd       tmm7, [r8+rdx+880]
041a vpackuswb       zmm10, zmm10, zmm10
0420 vpermd          zmm10, zmm29, zmm10
0426 vmovdqu8        [r12+0A0], ymm10
042e vmovdqu32       zmm12, [rdi+300]
0435 vcvtdq2ps       zmm12, zmm12
043b vmulps          zmm12, zmm12, [r9+40]
0442 vcvtps2dq       zmm12, zmm12
0448 tdpbusd         tmm1, tmm6, tmm7
044d vmovdqu32       zmm13, [rdi+340]
0454 vcvtdq2ps       zmm13, zmm13
045a vmulps          zmm13, zmm13, [r9+100]
0461 vcvtps2dq       zmm13, zmm13
0467 vpackssdw       zmm12, zmm12, zmm13
046d vpaddsw         zmm12, zmm12, zmm28
0473 vpackuswb       zmm12, zmm12, zmm12
0479 vpermd          zmm12, zmm29, zmm12
047f tilestored      [rbp+rbx], tmm0
0486 vmovdqu8        [r12+0C0], ymm12
048e vmovdqu32       zmm14, [rdi+380]
0495 vcvtdq2ps       zmm14, zmm14
049b vmulps          zmm14, zmm14, [r9+40]
04a2 vcvtps2dq       zmm14, zmm14
04a8 vmovdqu32       zmm15, [rdi+3C0]
04af vcvtdq2ps       zmm15, zmm15
04b5 tilestored      [rbp+rbx+40], tmm1
04bc vmulps          zmm15, zmm15, [r9+100]
04c3 vcvtps2dq       zmm15, zmm15
04c9 vpackssdw       zmm14, zmm14, zmm15
04cf vpaddsw         zmm14, zmm14, zmm28
04d5 vpackuswb       zmm14, zmm14, zmm14
04db vpermd          zmm14, zmm29, zmm14
04e1 vmovdqu8        [r12+0E0], ymm14
04e9 vmovdqu32       zmm16, [rdi+400]
04f0 vcvtdq2ps       zmm16, zmm16
04f6 vmulps          zmm16, zmm16, [r9+40]
04fd vcvtps2dq       zmm16, zmm16
0503 vmovdqu32       zmm17, [rdi+440]
050a vcvtdq2ps       zmm17, zmm17
0510 vmulps          zmm17, zmm17, [r9+100]
0517 vcvtps2dq       zmm17, zmm17
051d vpackssdw       zmm16, zmm16, zmm17
0523 vpaddsw         zmm16, zmm16, zmm28
0529 vpackuswb       zmm16, zmm16, zmm16
052f vpermd          zmm16, zmm29, zmm16
0535 vmovdqu8        [r12+100], ymm16
053d vmovdqu32       zmm18, [rdi+480]
0544 vcvtdq2ps       zmm18, zmm18
054a vmulps          zmm18, zmm18, [r9+40]
0551 vcvtps2dq       zmm18, zmm18
0557 vmovdqu32       zmm19, [rdi+4C0]
055e vcvtdq2ps       zmm19, zmm19
0564 vmulps          zmm19, zmm19, [r9+100]
056b vcvtps2dq       zmm19, zmm19
0571 vpackssdw       zmm18, zmm18, zmm19
0577 vpaddsw         zmm18, zmm18, zmm28
057d vpackuswb       zmm18, zmm18, zmm18
0583 vpermd          zmm18, zmm29, zmm18
0589 vmovdqu8        [r12+120], ymm18
0591 vmovdqu32       zmm20, [rdi+500]
0598 vcvtdq2ps       zmm20, zmm20
059e vmulps          zmm20, zmm20, [r9+40]
05a5 vcvtps2dq       zmm20, zmm20
05ab vmovdqu32       zmm21, [rdi+540]
05b2 vcvtdq2ps       zmm21, zmm21
05b8 vmulps          zmm21, zmm21, [r9+100]
05bf vcvtps2dq       zmm21, zmm21
05c5 vpackssdw       zmm20, zmm20, zmm21
05cb vpaddsw         zmm20, zmm20, zmm28
05d1 vpackuswb       zmm20, zmm20, zmm20
05d7 vpermd          zmm20, zmm29, zmm20
05dd vmovdqu8        [r12+140], ymm20
05e5 vmovdqu32       zmm22, [rdi+580]
05ec vcvtdq2ps       zmm22, zmm22
05f2 vmulps          zmm22, zmm22, [r9+40]
05f9 vcvtps2dq       zmm22, zmm22
05ff vmovdqu32       zmm23, [rdi+5C0]
0606 vcvtdq2ps       zmm23, zmm23
060c vmulps          zmm23, zmm23, [r9+100]
0613 vcvtps2dq       zmm23, zmm23
0619 vpackssdw       zmm22, zmm22, zmm23
061f vpaddsw         zmm22, zmm22, zmm28
0625 vpackuswb       zmm22, zmm22, zmm22
062b vpermd          zmm22, zmm29, zmm22
0631 vmovdqu8        [r12+160], ymm22
0639 vmovdqu32       zmm0, [rdi+600]
0640 vcvtdq2ps       zmm0, zmm0
0646 vmulps          zmm0, zmm0, [r9+40]
064d vcvtps2dq       zmm0, zmm0
0653 vmovdqu32       zmm1, [rdi+640]
065a vcvtdq2ps       zmm1, zmm1
0660 vmulps          zmm1, zmm1, [r9+100]
0667 vcvtps2dq       zmm1, zmm1
066d vpackssdw       zmm0, zmm0, zmm1
0673 vpaddsw         zmm0, zmm0, zmm28
0679 vpackuswb       zmm0, zmm0, zmm0
067f vpermd          zmm0, zmm29, zmm0
0685 vmovdqu8        [r12+180], ymm0
068d vmovdqu32       zmm2, [rdi+680]
0694 vcvtdq2ps       zmm2, zmm2
069a vmulps          zmm2, zmm2, [r9+40]
06a1 vcvtps2dq       zmm2, zmm2
06a7 vmovdqu32       zmm3, [rdi+6C0]
06ae vcvtdq2ps       zmm3, zmm3
06b4 vmulps          zmm3, zmm3, [r9+100]
06bb vcvtps2dq       zmm3, zmm3
06c1 vpackssdw       zmm2, zmm2, zmm3
06c7 vpaddsw         zmm2, zmm2, zmm28
06cd vpackuswb       zmm2, zmm2, zmm2
06d3 vpermd          zmm2, zmm29, zmm2
06d9 vmovdqu8        [r12+1A0], ymm2
06e1 vmovdqu32       zmm4, [rdi+700]
06e8 vcvtdq2ps       zmm4, zmm4
06ee vmulps          zmm4, zmm4, [r9+40]
06f5 vcvtps2dq       zmm4, zmm4
06fb vmovdqu32       zmm5, [rdi+740]
0702 vcvtdq2ps       zmm5, zmm5
0708 vmulps          zmm5, zmm5, [r9+100]
070f vcvtps2dq       zmm5, zmm5
0715 vpackssdw       zmm4, zmm4, zmm5
071b vpaddsw         zmm4, zmm4, zmm28
0721 vpackuswb       zmm4, zmm4, zmm4
0727 vpermd          zmm4, zmm29, zmm4
072d vmovdqu8        [r12+1C0], ymm4
0735 vmovdqu32       zmm6, [rdi+780]
073c vcvtdq2ps       zmm6, zmm6
0742 vmulps          zmm6, zmm6, [r9+40]
0749 vcvtps2dq       zmm6, zmm6
074f vmovdqu32       zmm7, [rdi+7C0]
0756 vcvtdq2ps       zmm7, zmm7
075c vmulps          zmm7, zmm7, [r9+100]
0763 vcvtps2dq       zmm7, zmm7
0769 vpackssdw       zmm6, zmm6, zmm7
076f vpaddsw         zmm6, zmm6, zmm28
0775 vpackuswb       zmm6, zmm6, zmm6
077b vpermd          zmm6, zmm29, zmm6
0781 vmovdqu8        [r12+1E0], ymm6
0789 mov             [rbp+1000], rcx
0790 mov             r13, rdi
0793 mov             rdi, r15
0796 mov             r15, rbp
0799 mov             rbp, r13
079c add             rsi, 480
07a3 add             rcx, 200
07aa sub             r11, 10
07ae jg              near 00000000000001BE
07b4 mov             r12, [rdi+1000]
07bb vmovdqu32       zmm0, [rdi]
07c1 vcvtdq2ps       zmm0, zmm0
07c7 vmulps          zmm0, zmm0, [r9+40]
07ce vcvtps2dq       zmm0, zmm0
07d4 vmovdqu32       zmm1, [rdi+40]
07db vcvtdq2ps       zmm1, zmm1
07e1 vmulps          zmm1, zmm1, [r9+100]
07e8 vcvtps2dq       zmm1, zmm1
07ee vpackssdw       zmm0, zmm0, zmm1
07f4 vpaddsw         zmm0, zmm0, zmm28
07fa vpackuswb       zmm0, zmm0, zmm0
0800 vpermd          zmm0, zmm29, zmm0
0806 vmovdqu8        [r12], ymm0
080d vmovdqu32       zmm2, [rdi+80]
0814 vcvtdq2ps       zmm2, zmm2
081a vmulps          zmm2, zmm2, [r9+40]
0821 vcvtps2dq       zmm2, zmm2
0827 vmovdqu32       zmm3, [rdi+0C0]
082e vcvtdq2ps       zmm3, zmm3
0834 vmulps          zmm3, zmm3, [r9+100]
083b vcvtps2dq       zmm3, zmm3
0841 vpackssdw       zmm2, zmm2, zmm3
0847 vpaddsw         zmm2, zmm2, zmm28
084d vpackuswb       zmm2, zmm2, zmm2
0853 vpermd          zmm2, zmm29, zmm2
0859 vmovdqu8        [r12+20], ymm2
0861 vmovdqu32       zmm4, [rdi+100]
0868 vcvtdq2ps       zmm4, zmm4
086e vmulps          zmm4, zmm4, [r9+40]
0875 vcvtps2dq       zmm4, zmm4
087b vmovdqu32       zmm5, [rdi+140]
0882 vcvtdq2ps       zmm5, zmm5
0888 vmulps          zmm5, zmm5, [r9+100]
088f vcvtps2dq       zmm5, zmm5
0895 vpackssdw       zmm4, zmm4, zmm5
089b vpaddsw         zmm4, zmm4, zmm28
08a1 vpackuswb       zmm4, zmm4, zmm4
08a7 vpermd          zmm4, zmm29, zmm4
08ad vmovdqu8        [r12+40], ymm4
08b5 vmovdqu32       zmm6, [rdi+180]
08bc vcvtdq2ps       zmm6, zmm6
08c2 vmulps          zmm6, zmm6, [r9+40]
08c9 vcvtps2dq       zmm6, zmm6
08cf vmovdqu32       zmm7, [rdi+1C0]
08d6 vcvtdq2ps       zmm7, zmm7
08dc vmulps          zmm7, zmm7, [r9+100]
08e3 vcvtps2dq       zmm7, zmm7
08e9 vpackssdw       zmm6, zmm6, zmm7
08ef vpaddsw         zmm6, zmm6, zmm28
08f5 vpackuswb       zmm6, zmm6, zmm6
08fb vpermd          zmm6, zmm29, zmm6
0901 vmovdqu8        [r12+60], ymm6
0909 vmovdqu32       zmm8, [rdi+200]
0910 vcvtdq2ps       zmm8, zmm8
0916 vmulps          zmm8, zmm8, [r9+40]
091d vcvtps2dq       zmm8, zmm8
0923 vmovdqu32       zmm9, [rdi+240]
092a vcvtdq2ps       zmm9, zmm9
0930 vmulps          zmm9, zmm9, [r9+100]
0937 vcvtps2dq       zmm9, zmm9
093d vpackssdw       zmm8, zmm8, zmm9
0943 vpaddsw         zmm8, zmm8, zmm28
0949 vpackuswb       zmm8, zmm8, zmm8
094f vpermd          zmm8, zmm29, zmm8
0955 vmovdqu8        [r12+80], ymm8
095d vmovdqu32       zmm10, [rdi+280]
0964 vcvtdq2ps       zmm10, zmm10
096a vmulps          zmm10, zmm10, [r9+40]
0971 vcvtps2dq       zmm10, zmm10
0977 vmovdqu32       zmm11, [rdi+2C0]
097e vcvtdq2ps       zmm11, zmm11
0984 vmulps          zmm11, zmm11, [r9+100]
098b vcvtps2dq       zmm11, zmm11
0991 vpackssdw       zmm10, zmm10, zmm11
0997 vpaddsw         zmm10, zmm10, zmm28
099d vpackuswb       zmm10, zmm10, zmm10
09a3 vpermd          zmm10, zmm29, zmm10
09a9 vmovdqu8        [r12+0A0], ymm10
09b1 vmovdqu32       zmm12, [rdi+300]
09b8 vcvtdq2ps       zmm12, zmm12
09be vmulps          zmm12, zmm12, [r9+40]
09c5 vcvtps2dq       zmm12, zmm12
09cb vmovdqu32       zmm13, [rdi+340]
09d2 vcvtdq2ps       zmm13, zmm13
09d8 vmulps          zmm13, zmm13, [r9+100]
09df vcvtps2dq       zmm13, zmm13
09e5 vpackssdw       zmm12, zmm12, zmm13
09eb vpaddsw         zmm12, zmm12, zmm28
09f1 vpackuswb       zmm12, zmm12, zmm12
09f7 vpermd          zmm12, zmm29, zmm12
09fd vmovdqu8        [r12+0C0], ymm12
0a05 vmovdqu32       zmm14, [rdi+380]
0a0c vcvtdq2ps       zmm14, zmm14
0a12 vmulps          zmm14, zmm14, [r9+40]
0a19 vcvtps2dq       zmm14, zmm14
0a1f vmovdqu32       zmm15, [rdi+3C0]
0a26 vcvtdq2ps       zmm15, zmm15
0a2c vmulps          zmm15, zmm15, [r9+100]
0a33 vcvtps2dq       zmm15, zmm15
0a39 vpackssdw       zmm14, zmm14, zmm15
0a3f vpaddsw         zmm14, zmm14, zmm28
0a45 vpackuswb       zmm14, zmm14, zmm14
0a4b vpermd          zmm14, zmm29, zmm14
0a51 vmovdqu8        [r12+0E0], ymm14
0a59 vmovdqu32       zmm16, [rdi+400]
0a60 vcvtdq2ps       zmm16, zmm16
0a66 vmulps          zmm16, zmm16, [r9+40]
0a6d vcvtps2dq       zmm16, zmm16
0a73 vmovdqu32       zmm17, [rdi+440]
0a7a vcvtdq2ps       zmm17, zmm17
0a80 vmulps          zmm17, zmm17, [r9+100]
0a87 vcvtps2dq       zmm17, zmm17
0a8d vpackssdw       zmm16, zmm16, zmm17
0a93 vpaddsw         zmm16, zmm16, zmm28
0a99 vpackuswb       zmm16, zmm16, zmm16
0a9f vpermd          zmm16, zmm29, zmm16
0aa5 vmovdqu8        [r12+100], ymm16
0aad vmovdqu32       zmm18, [rdi+480]
0ab4 vcvtdq2ps       zmm18, zmm18
0aba vmulps          zmm18, zmm18, [r9+40]
0ac1 vcvtps2dq       zmm18, zmm18
0ac7 vmovdqu32       zmm19, [rdi+4C0]
0ace vcvtdq2ps       zmm19, zmm19
0ad4 vmulps          zmm19, zmm19, [r9+100]
0adb vcvtps2dq       zmm19, zmm19
0ae1 vpackssdw       zmm18, zmm18, zmm19
0ae7 vpaddsw         zmm18, zmm18, zmm28
0aed vpackuswb       zmm18, zmm18, zmm18
0af3 vpermd          zmm18, zmm29, zmm18
0af9 vmovdqu8        [r12+120], ymm18
0b01 vmovdqu32       zmm20, [rdi+500]
0b08 vcvtdq2ps       zmm20, zmm20
0b0e vmulps          zmm20, zmm20, [r9+40]
0b15 vcvtps2dq       zmm20, zmm20
0b1b vmovdqu32       zmm21, [rdi+540]
0b22 vcvtdq2ps       zmm21, zmm21
0b28 vmulps          zmm21, zmm21, [r9+100]
0b2f vcvtps2dq       zmm21, zmm21
0b35 vpackssdw       zmm20, zmm20, zmm21
0b3b vpaddsw         zmm20, zmm20, zmm28
0b41 vpackuswb       zmm20, zmm20, zmm20
0b47 vpermd          zmm20, zmm29, zmm20
0b4d vmovdqu8        [r12+140], ymm20
0b55 vmovdqu32       zmm22, [rdi+580]
0b5c vcvtdq2ps       zmm22, zmm22
0b62 vmulps          zmm22, zmm22, [r9+40]
0b69 vcvtps2dq       zmm22, zmm22
0b6f vmovdqu32       zmm23, [rdi+5C0]
0b76 vcvtdq2ps       zmm23, zmm23
0b7c vmulps          zmm23, zmm23, [r9+100]
0b83 vcvtps2dq       zmm23, zmm23
0b89 vpackssdw       zmm22, zmm22, zmm23
0b8f vpaddsw         zmm22, zmm22, zmm28
0b95 vpackuswb       zmm22, zmm22, zmm22
0b9b vpermd          zmm22, zmm29, zmm22
0ba1 vmovdqu8        [r12+160], ymm22
0ba9 vmovdqu32       zmm0, [rdi+600]
0bb0 vcvtdq2ps       zmm0, zmm0
0bb6 vmulps          zmm0, zmm0, [r9+40]
0bbd vcvtps2dq       zmm0, zmm0
0bc3 vmovdqu32       zmm1, [rdi+640]
0bca vcvtdq2ps       zmm1, zmm1
0bd0 vmulps          zmm1, zmm1, [r9+100]
0bd7 vcvtps2dq       zmm1, zmm1
0bdd vpackssdw       zmm0, zmm0, zmm1
0be3 vpaddsw         zmm0, zmm0, zmm28
0be9 vpackuswb       zmm0, zmm0, zmm0
0bef vpermd          zmm0, zmm29, zmm0
0bf5 vmovdqu8        [r12+180], ymm0
0bfd vmovdqu32       zmm2, [rdi+680]
0c04 vcvtdq2ps       zmm2, zmm2
0c0a vmulps          zmm2, zmm2, [r9+40]
0c11 vcvtps2dq       zmm2, zmm2
0c17 vmovdqu32       zmm3, [rdi+6C0]
0c1e vcvtdq2ps       zmm3, zmm3
0c24 vmulps          zmm3, zmm3, [r9+100]
0c2b vcvtps2dq       zmm3, zmm3
0c31 vpackssdw       zmm2, zmm2, zmm3
0c37 vpaddsw         zmm2, zmm2, zmm28
0c3d vpackuswb       zmm2, zmm2, zmm2
0c43 vpermd          zmm2, zmm29, zmm2
0c49 vmovdqu8        [r12+1A0], ymm2
0c51 vmovdqu32       zmm4, [rdi+700]
0c58 vcvtdq2ps       zmm4, zmm4
0c5e vmulps          zmm4, zmm4, [r9+40]
0c65 vcvtps2dq       zmm4, zmm4
0c6b vmovdqu32       zmm5, [rdi+740]
0c72 vcvtdq2ps       zmm5, zmm5
0c78 vmulps          zmm5, zmm5, [r9+100]
0c7f vcvtps2dq       zmm5, zmm5
0c85 vpackssdw       zmm4, zmm4, zmm5
0c8b vpaddsw         zmm4, zmm4, zmm28
0c91 vpackuswb       zmm4, zmm4, zmm4
0c97 vpermd          zmm4, zmm29, zmm4
0c9d vmovdqu8        [r12+1C0], ymm4
0ca5 vmovdqu32       zmm6, [rdi+780]
0cac vcvtdq2ps       zmm6, zmm6
0cb2 vmulps          zmm6, zmm6, [r9+40]
0cb9 vcvtps2dq       zmm6, zmm6
0cbf vmovdqu32       zmm7, [rdi+7C0]
0cc6 vcvtdq2ps       zmm7, zmm7
0ccc vmulps          zmm7, zmm7, [r9+100]
0cd3 vcvtps2dq       zmm7, zmm7
0cd9 vpackssdw       zmm6, zmm6, zmm7
0cdf vpaddsw         zmm6, zmm6, zmm28
0ce5 vpackuswb       zmm6, zmm6, zmm6
0ceb vpermd          zmm6, zmm29, zmm6
0cf1 vmovdqu8        [r12+1E0], ymm6
0cf9 mov             r13, rdi
0cfc mov             rdi, r15
0cff cmp             r13, r15
0d02 jne             near 00000000000007B4
0d08 tilerelease
0d0d vzeroupper
0d10 pop             r15
0d12 pop             r14
0d14 pop             r13
0d16 pop             r12
0d18 pop             rbp
0d19 pop             rbx
0d1a ret
