0000 push            rbx
0001 push            rbp
0002 push            r12
0004 push            r13
0006 push            r14
0008 push            r15
000a push            rdi
000b mov             rsi, [rdi]
000e mov             rcx, [rdi+8]
0012 mov             r8, [rdi+10]
0016 mov             r9, [rdi+18]
001a mov             r10, [rdi+20]
001e mov             r11, [rdi+28]
0022 mov             rbp, [rdi+40]
0026 vmovdqu32       zmm28, [r10+40]
002d vmovdqu32       zmm29, [r10]
0033 vmovups         zmm16, [r9+40]
003a vmovups         zmm17, [r9+100]
0041 mov             eax, 48
0046 mov             edx, 40
004b mov             ebx, 80
0050 ldtilecfg       [rip+127B]
0059 lea             rdi, [r8+900]
0060 mov             [rsp], rdi
0064 lea             r15, [rbp+1040]
006b lea             rdi, [rbp+2080]
0072 cmp             r11, 20
0076 jge             short 0000000000000095
0078 mov             r13d, 20
007e sub             r13, r11
0081 imul            r14, r13, 48
0085 sub             rsi, r14
0088 imul            r14, r13, 20
008c sub             rcx, r14
008f mov             r11d, 20
0095 tileloadd       tmm0, [r9]
009b tileloadd       tmm1, [r9+0C0]
00a5 tileloadd       tmm2, [r9]
00ab tileloadd       tmm3, [r9+0C0]
00b5 mov             r13, [rsp]
00b9 tileloadd       tmm5, [r8+rdx]
00bf tileloadd       tmm4, [rsi+rax]
00c5 tdpbusd         tmm0, tmm4, tmm5
00ca tileloadd       tmm4, [rsi+rax+480]
00d4 tdpbusd         tmm2, tmm4, tmm5
00d9 tileloadd       tmm5, [r8+rdx+480]
00e3 tdpbusd         tmm3, tmm4, tmm5
00e8 tileloadd       tmm4, [rsi+rax]
00ee tdpbusd         tmm1, tmm4, tmm5
00f3 prefetcht1      [r13]
00f8 add             r13, 40
00fc tileloadd       tmm7, [r8+rdx+400]
0106 tileloadd       tmm6, [rsi+rax+40]
010d tdpbusd         tmm0, tmm6, tmm7
0112 tileloadd       tmm6, [rsi+rax+4C0]
011c tdpbusd         tmm2, tmm6, tmm7
0121 tileloadd       tmm7, [r8+rdx+880]
012b tdpbusd         tmm3, tmm6, tmm7
0130 tileloadd       tmm6, [rsi+rax+40]
0137 tdpbusd         tmm1, tmm6, tmm7
013c mov             [rsp], r13
0140 tilestored      [rbp+rbx], tmm0
0147 tilestored      [rbp+rbx+40], tmm1
014e tilestored      [rbp+rbx+800], tmm2
0158 tilestored      [rbp+rbx+840], tmm3
0162 mov             [rbp+1000], rcx
0169 mov             r13, rdi
016c mov             rdi, r15
016f mov             r15, rbp
0172 mov             rbp, r13
0175 add             rsi, 900
017c add             rcx, 400
0183 sub             r11, 20
0187 jg              short 0000000000000191
0189 mov             rdi, r15
018c jmp             0000000000000B3C
0191 cmp             r11, 20
0195 jge             short 00000000000001B4
0197 mov             r13d, 20
019d sub             r13, r11
01a0 imul            r14, r13, 48
01a4 sub             rsi, r14
01a7 imul            r14, r13, 20
01ab sub             rcx, r14
01ae mov             r11d, 20
01b4 tileloadd       tmm0, [r9]
01ba tileloadd       tmm1, [r9+0C0]
01c4 tileloadd       tmm2, [r9]
01ca tileloadd       tmm3, [r9+0C0]
01d4 mov             r13, [rsp]
01d8 tileloadd       tmm5, [r8+rdx]
01de tileloadd       tmm4, [rsi+rax]
01e4 tdpbusd         tmm0, tmm4, tmm5
01e9 tileloadd       tmm4, [rsi+rax+480]
01f3 tdpbusd         tmm2, tmm4, tmm5
01f8 tileloadd       tmm5, [r8+rdx+480]
0202 tdpbusd         tmm3, tmm4, tmm5
0207 tileloadd       tmm4, [rsi+rax]
020d tdpbusd         tmm1, tmm4, tmm5
0212 prefetcht1      [r13]
0217 add             r13, 40
021b tileloadd       tmm7, [r8+rdx+400]
0225 tileloadd       tmm6, [rsi+rax+40]
022c tdpbusd         tmm0, tmm6, tmm7
0231 tileloadd       tmm6, [rsi+rax+4C0]
023b tdpbusd         tmm2, tmm6, tmm7
0240 tileloadd       tmm7, [r8+rdx+880]
024a tdpbusd         tmm3, tmm6, tmm7
024f tileloadd       tmm6, [rsi+rax+40]
0256 tdpbusd         tmm1, tmm6, tmm7
025b mov             [rsp], r13
025f tilestored      [rbp+rbx], tmm0
0266 tilestored      [rbp+rbx+40], tmm1
026d tilestored      [rbp+rbx+800], tmm2
0277 tilestored      [rbp+rbx+840], tmm3
0281 mov             [rbp+1000], rcx
0288 mov             r13, rdi
028b mov             rdi, r15
028e mov             r15, rbp
0291 mov             rbp, r13
0294 add             rsi, 900
029b add             rcx, 400
02a2 sub             r11, 20
02a6 jle             near 0000000000000B3C
02ac cmp             r11, 20
02b0 jge             short 00000000000002CF
02b2 mov             r13d, 20
02b8 sub             r13, r11
02bb imul            r14, r13, 48
02bf sub             rsi, r14
02c2 imul            r14, r13, 20
02c6 sub             rcx, r14
02c9 mov             r11d, 20
02cf mov             r14, [rdi+1000]
02d6 tileloadd       tmm0, [r9]
02dc vcvtdq2ps       zmm0, [rdi]
02e2 vmulps          zmm0, zmm0, zmm16
02e8 vcvtps2dq       zmm0, zmm0
02ee vcvtdq2ps       zmm1, [rdi+40]
02f5 vmulps          zmm1, zmm1, zmm17
02fb vcvtps2dq       zmm1, zmm1
0301 vcvtdq2ps       zmm2, [rdi+80]
0308 vmulps          zmm2, zmm2, zmm16
030e vcvtps2dq       zmm2, zmm2
0314 vcvtdq2ps       zmm3, [rdi+0C0]
031b vmulps          zmm3, zmm3, zmm17
0321 tileloadd       tmm1, [r9+0C0]
032b vcvtps2dq       zmm3, zmm3
0331 vpackssdw       zmm0, zmm0, zmm1
0337 vpaddsw         zmm0, zmm0, zmm28
033d vpackssdw       zmm2, zmm2, zmm3
0343 vpaddsw         zmm2, zmm2, zmm28
0349 vpackuswb       zmm0, zmm0, zmm2
034f vpermd          zmm0, zmm29, zmm0
0355 vmovdqu8        [r14], zmm0
035b vcvtdq2ps       zmm4, [rdi+100]
0362 vmulps          zmm4, zmm4, zmm16
0368 tileloadd       tmm2, [r9]
036e vcvtps2dq       zmm4, zmm4
0374 vcvtdq2ps       zmm5, [rdi+140]
037b vmulps          zmm5, zmm5, zmm17
0381 vcvtps2dq       zmm5, zmm5
0387 vcvtdq2ps       zmm6, [rdi+180]
038e vmulps          zmm6, zmm6, zmm16
0394 vcvtps2dq       zmm6, zmm6
039a vcvtdq2ps       zmm7, [rdi+1C0]
03a1 vmulps          zmm7, zmm7, zmm17
03a7 vcvtps2dq       zmm7, zmm7
03ad tileloadd       tmm3, [r9+0C0]
03b7 vpackssdw       zmm4, zmm4, zmm5
03bd vpaddsw         zmm4, zmm4, zmm28
03c3 vpackssdw       zmm6, zmm6, zmm7
03c9 vpaddsw         zmm6, zmm6, zmm28
03cf vpackuswb       zmm4, zmm4, zmm6
03d5 vpermd          zmm4, zmm29, zmm4
03db vmovdqu8        [r14+40], zmm4
03e2 vcvtdq2ps       zmm8, [rdi+200]
03e9 vmulps          zmm8, zmm8, zmm16
03ef vcvtps2dq       zmm8, zmm8
03f5 mov             r13, [rsp]
03f9 vcvtdq2ps       zmm9, [rdi+240]
0400 vmulps          zmm9, zmm9, zmm17
0406 vcvtps2dq       zmm9, zmm9
040c vcvtdq2ps       zmm10, [rdi+280]
0413 vmulps          zmm10, zmm10, zmm16
0419 vcvtps2dq       zmm10, zmm10
041f vcvtdq2ps       zmm11, [rdi+2C0]
0426 vmulps          zmm11, zmm11, zmm17
042c vcvtps2dq       zmm11, zmm11
0432 vpackssdw       zmm8, zmm8, zmm9
0438 tileloadd       tmm5, [r8+rdx]
043e vpaddsw         zmm8, zmm8, zmm28
0444 vpackssdw       zmm10, zmm10, zmm11
044a vpaddsw         zmm10, zmm10, zmm28
0450 vpackuswb       zmm8, zmm8, zmm10
0456 vpermd          zmm8, zmm29, zmm8
045c vmovdqu8        [r14+80], zmm8
0463 vcvtdq2ps       zmm12, [rdi+300]
046a vmulps          zmm12, zmm12, zmm16
0470 vcvtps2dq       zmm12, zmm12
0476 vcvtdq2ps       zmm13, [rdi+340]
047d tileloadd       tmm4, [rsi+rax]
0483 vmulps          zmm13, zmm13, zmm17
0489 vcvtps2dq       zmm13, zmm13
048f vcvtdq2ps       zmm14, [rdi+380]
0496 vmulps          zmm14, zmm14, zmm16
049c vcvtps2dq       zmm14, zmm14
04a2 vcvtdq2ps       zmm15, [rdi+3C0]
04a9 vmulps          zmm15, zmm15, zmm17
04af vcvtps2dq       zmm15, zmm15
04b5 vpackssdw       zmm12, zmm12, zmm13
04bb vpaddsw         zmm12, zmm12, zmm28
04c1 tdpbusd         tmm0, tmm4, tmm5
04c6 vpackssdw       zmm14, zmm14, zmm15
04cc vpaddsw         zmm14, zmm14, zmm28
04d2 vpackuswb       zmm12, zmm12, zmm14
04d8 vpermd          zmm12, zmm29, zmm12
04de vmovdqu8        [r14+0C0], zmm12
04e5 vcvtdq2ps       zmm0, [rdi+400]
04ec vmulps          zmm0, zmm0, zmm16
04f2 vcvtps2dq       zmm0, zmm0
04f8 vcvtdq2ps       zmm1, [rdi+440]
04ff vmulps          zmm1, zmm1, zmm17
0505 vcvtps2dq       zmm1, zmm1
050b tileloadd       tmm4, [rsi+rax+480]
0515 vcvtdq2ps       zmm2, [rdi+480]
051c vmulps          zmm2, zmm2, zmm16
0522 vcvtps2dq       zmm2, zmm2
0528 vcvtdq2ps       zmm3, [rdi+4C0]
052f vmulps          zmm3, zmm3, zmm17
0535 vcvtps2dq       zmm3, zmm3
053b vpackssdw       zmm0, zmm0, zmm1
0541 vpaddsw         zmm0, zmm0, zmm28
0547 vpackssdw       zmm2, zmm2, zmm3
054d vpaddsw         zmm2, zmm2, zmm28
0553 tdpbusd         tmm2, tmm4, tmm5
0558 vpackuswb       zmm0, zmm0, zmm2
055e vpermd          zmm0, zmm29, zmm0
0564 vmovdqu8        [r14+100], zmm0
056b vcvtdq2ps       zmm4, [rdi+500]
0572 vmulps          zmm4, zmm4, zmm16
0578 vcvtps2dq       zmm4, zmm4
057e vcvtdq2ps       zmm5, [rdi+540]
0585 vmulps          zmm5, zmm5, zmm17
058b vcvtps2dq       zmm5, zmm5
0591 vcvtdq2ps       zmm6, [rdi+580]
0598 tileloadd       tmm5, [r8+rdx+480]
05a2 vmulps          zmm6, zmm6, zmm16
05a8 vcvtps2dq       zmm6, zmm6
05ae vcvtdq2ps       zmm7, [rdi+5C0]
05b5 vmulps          zmm7, zmm7, zmm17
05bb vcvtps2dq       zmm7, zmm7
05c1 vpackssdw       zmm4, zmm4, zmm5
05c7 vpaddsw         zmm4, zmm4, zmm28
05cd vpackssdw       zmm6, zmm6, zmm7
05d3 vpaddsw         zmm6, zmm6, zmm28
05d9 vpackuswb       zmm4, zmm4, zmm6
05df tdpbusd         tmm3, tmm4, tmm5
05e4 vpermd          zmm4, zmm29, zmm4
05ea vmovdqu8        [r14+140], zmm4
05f1 vcvtdq2ps       zmm8, [rdi+600]
05f8 vmulps          zmm8, zmm8, zmm16
05fe vcvtps2dq       zmm8, zmm8
0604 vcvtdq2ps       zmm9, [rdi+640]
060b vmulps          zmm9, zmm9, zmm17
0611 vcvtps2dq       zmm9, zmm9
0617 vcvtdq2ps       zmm10, [rdi+680]
061e vmulps          zmm10, zmm10, zmm16
0624 tileloadd       tmm4, [rsi+rax]
062a vcvtps2dq       zmm10, zmm10
0630 vcvtdq2ps       zmm11, [rdi+6C0]
0637 vmulps          zmm11, zmm11, zmm17
063d vcvtps2dq       zmm11, zmm11
0643 vpackssdw       zmm8, zmm8, zmm9
0649 vpaddsw         zmm8, zmm8, zmm28
064f vpackssdw       zmm10, zmm10, zmm11
0655 vpaddsw         zmm10, zmm10, zmm28
065b vpackuswb       zmm8, zmm8, zmm10
0661 vpermd          zmm8, zmm29, zmm8
0667 tdpbusd         tmm1, tmm4, tmm5
066c vmovdqu8        [r14+180], zmm8
0673 vcvtdq2ps       zmm12, [rdi+700]
067a vmulps          zmm12, zmm12, zmm16
0680 vcvtps2dq       zmm12, zmm12
0686 vcvtdq2ps       zmm13, [rdi+740]
068d vmulps          zmm13, zmm13, zmm17
0693 vcvtps2dq       zmm13, zmm13
0699 vcvtdq2ps       zmm14, [rdi+780]
06a0 vmulps          zmm14, zmm14, zmm16
06a6 vcvtps2dq       zmm14, zmm14
06ac prefetcht1      [r13]
06b1 vcvtdq2ps       zmm15, [rdi+7C0]
06b8 vmulps          zmm15, zmm15, zmm17
06be vcvtps2dq       zmm15, zmm15
06c4 vpackssdw       zmm12, zmm12, zmm13
06ca vpaddsw         zmm12, zmm12, zmm28
06d0 vpackssdw       zmm14, zmm14, zmm15
06d6 vpaddsw         zmm14, zmm14, zmm28
06dc vpackuswb       zmm12, zmm12, zmm14
06e2 vpermd          zmm12, zmm29, zmm12
06e8 vmovdqu8        [r14+1C0], zmm12
06ef add             r13, 40
06f3 vcvtdq2ps       zmm0, [rdi+800]
06fa vmulps          zmm0, zmm0, zmm16
0700 vcvtps2dq       zmm0, zmm0
0706 vcvtdq2ps       zmm1, [rdi+840]
070d vmulps          zmm1, zmm1, zmm17
0713 vcvtps2dq       zmm1, zmm1
0719 vcvtdq2ps       zmm2, [rdi+880]
0720 vmulps          zmm2, zmm2, zmm16
0726 vcvtps2dq       zmm2, zmm2
072c vcvtdq2ps       zmm3, [rdi+8C0]
0733 vmulps          zmm3, zmm3, zmm17
0739 tileloadd       tmm7, [r8+rdx+400]
0743 vcvtps2dq       zmm3, zmm3
0749 vpackssdw       zmm0, zmm0, zmm1
074f vpaddsw         zmm0, zmm0, zmm28
0755 vpackssdw       zmm2, zmm2, zmm3
075b vpaddsw         zmm2, zmm2, zmm28
0761 vpackuswb       zmm0, zmm0, zmm2
0767 vpermd          zmm0, zmm29, zmm0
076d vmovdqu8        [r14+200], zmm0
0774 vcvtdq2ps       zmm4, [rdi+900]
077b vmulps          zmm4, zmm4, zmm16
0781 tileloadd       tmm6, [rsi+rax+40]
0788 vcvtps2dq       zmm4, zmm4
078e vcvtdq2ps       zmm5, [rdi+940]
0795 vmulps          zmm5, zmm5, zmm17
079b vcvtps2dq       zmm5, zmm5
07a1 vcvtdq2ps       zmm6, [rdi+980]
07a8 vmulps          zmm6, zmm6, zmm16
07ae vcvtps2dq       zmm6, zmm6
07b4 vcvtdq2ps       zmm7, [rdi+9C0]
07bb vmulps          zmm7, zmm7, zmm17
07c1 vcvtps2dq       zmm7, zmm7
07c7 tdpbusd         tmm0, tmm6, tmm7
07cc vpackssdw       zmm4, zmm4, zmm5
07d2 vpaddsw         zmm4, zmm4, zmm28
07d8 vpackssdw       zmm6, zmm6, zmm7
07de vpaddsw         zmm6, zmm6, zmm28
07e4 vpackuswb       zmm4, zmm4, zmm6
07ea vpermd          zmm4, zmm29, zmm4
07f0 vmovdqu8        [r14+240], zmm4
07f7 vcvtdq2ps       zmm8, [rdi+0A00]
07fe vmulps          zmm8, zmm8, zmm16
0804 vcvtps2dq       zmm8, zmm8
080a tileloadd       tmm6, [rsi+rax+4C0]
0814 vcvtdq2ps       zmm9, [rdi+0A40]
081b vmulps          zmm9, zmm9, zmm17
0821 vcvtps2dq       zmm9, zmm9
0827 vcvtdq2ps       zmm10, [rdi+0A80]
082e vmulps          zmm10, zmm10, zmm16
0834 vcvtps2dq       zmm10, zmm10
083a vcvtdq2ps       zmm11, [rdi+0AC0]
0841 vmulps          zmm11, zmm11, zmm17
0847 vcvtps2dq       zmm11, zmm11
084d vpackssdw       zmm8, zmm8, zmm9
0853 tdpbusd         tmm2, tmm6, tmm7
0858 vpaddsw         zmm8, zmm8, zmm28
085e vpackssdw       zmm10, zmm10, zmm11
0864 vpaddsw         zmm10, zmm10, zmm28
086a vpackuswb       zmm8, zmm8, zmm10
0870 vpermd          zmm8, zmm29, zmm8
0876 vmovdqu8        [r14+280], zmm8
087d vcvtdq2ps       zmm12, [rdi+0B00]
0884 vmulps          zmm12, zmm12, zmm16
088a vcvtps2dq       zmm12, zmm12
0890 vcvtdq2ps       zmm13, [rdi+0B40]
0897 tileloadd       tmm7, [r8+rdx+880]
08a1 vmulps          zmm13, zmm13, zmm17
08a7 vcvtps2dq       zmm13, zmm13
08ad vcvtdq2ps       zmm14, [rdi+0B80]
08b4 vmulps          zmm14, zmm14, zmm16
08ba vcvtps2dq       zmm14, zmm14
08c0 vcvtdq2ps       zmm15, [rdi+0BC0]
08c7 vmulps          zmm15, zmm15, zmm17
08cd vcvtps2dq       zmm15, zmm15
08d3 vpackssdw       zmm12, zmm12, zmm13
08d9 vpaddsw         zmm12, zmm12, zmm28
08df tdpbusd         tmm3, tmm6, tmm7
08e4 vpackssdw       zmm14, zmm14, zmm15
08ea vpaddsw         zmm14, zmm14, zmm28
08f0 vpackuswb       zmm12, zmm12, zmm14
08f6 vpermd          zmm12, zmm29, zmm12
08fc vmovdqu8        [r14+2C0], zmm12
0903 vcvtdq2ps       zmm0, [rdi+0C00]
090a vmulps          zmm0, zmm0, zmm16
0910 vcvtps2dq       zmm0, zmm0
0916 vcvtdq2ps       zmm1, [rdi+0C40]
091d vmulps          zmm1, zmm1, zmm17
0923 vcvtps2dq       zmm1, zmm1
0929 tileloadd       tmm6, [rsi+rax+40]
0930 vcvtdq2ps       zmm2, [rdi+0C80]
0937 vmulps          zmm2, zmm2, zmm16
093d vcvtps2dq       zmm2, zmm2
0943 vcvtdq2ps       zmm3, [rdi+0CC0]
094a vmulps          zmm3, zmm3, zmm17
0950 vcvtps2dq       zmm3, zmm3
0956 vpackssdw       zmm0, zmm0, zmm1
095c vpaddsw         zmm0, zmm0, zmm28
0962 vpackssdw       zmm2, zmm2, zmm3
0968 vpaddsw         zmm2, zmm2, zmm28
096e tdpbusd         tmm1, tmm6, tmm7
0973 vpackuswb       zmm0, zmm0, zmm2
0979 vpermd          zmm0, zmm29, zmm0
097f vmovdqu8        [r14+300], zmm0
0986 vcvtdq2ps       zmm4, [rdi+0D00]
098d vmulps          zmm4, zmm4, zmm16
0993 vcvtps2dq       zmm4, zmm4
0999 vcvtdq2ps       zmm5, [rdi+0D40]
09a0 vmulps          zmm5, zmm5, zmm17
09a6 vcvtps2dq       zmm5, zmm5
09ac vcvtdq2ps       zmm6, [rdi+0D80]
09b3 mov             [rsp], r13
09b7 vmulps          zmm6, zmm6, zmm16
09bd vcvtps2dq       zmm6, zmm6
09c3 vcvtdq2ps       zmm7, [rdi+0DC0]
09ca vmulps          zmm7, zmm7, zmm17
09d0 vcvtps2dq       zmm7, zmm7
09d6 vpackssdw       zmm4, zmm4, zmm5
09dc vpaddsw         zmm4, zmm4, zmm28
09e2 vpackssdw       zmm6, zmm6, zmm7
09e8 vpaddsw         zmm6, zmm6, zmm28
09ee vpackuswb       zmm4, zmm4, zmm6
09f4 tilestored      [rbp+rbx], tmm0
09fb vpermd          zmm4, zmm29, zmm4
0a01 vmovdqu8        [r14+340], zmm4
0a08 vcvtdq2ps       zmm8, [rdi+0E00]
0a0f vmulps          zmm8, zmm8, zmm16
0a15 vcvtps2dq       zmm8, zmm8
0a1b vcvtdq2ps       zmm9, [rdi+0E40]
0a22 vmulps          zmm9, zmm9, zmm17
0a28 vcvtps2dq       zmm9, zmm9
0a2e vcvtdq2ps       zmm10, [rdi+0E80]
0a35 vmulps          zmm10, zmm10, zmm16
0a3b tilestored      [rbp+rbx+40], tmm1
0a42 vcvtps2dq       zmm10, zmm10
0a48 vcvtdq2ps       zmm11, [rdi+0EC0]
0a4f vmulps          zmm11, zmm11, zmm17
0a55 vcvtps2dq       zmm11, zmm11
0a5b vpackssdw       zmm8, zmm8, zmm9
0a61 vpaddsw         zmm8, zmm8, zmm28
0a67 vpackssdw       zmm10, zmm10, zmm11
0a6d vpaddsw         zmm10, zmm10, zmm28
0a73 vpackuswb       zmm8, zmm8, zmm10
0a79 vpermd          zmm8, zmm29, zmm8
0a7f tilestored      [rbp+rbx+800], tmm2
0a89 vmovdqu8        [r14+380], zmm8
0a90 vcvtdq2ps       zmm12, [rdi+0F00]
0a97 vmulps          zmm12, zmm12, zmm16
0a9d vcvtps2dq       zmm12, zmm12
0aa3 vcvtdq2ps       zmm13, [rdi+0F40]
0aaa vmulps          zmm13, zmm13, zmm17
0ab0 vcvtps2dq       zmm13, zmm13
0ab6 vcvtdq2ps       zmm14, [rdi+0F80]
0abd vmulps          zmm14, zmm14, zmm16
0ac3 vcvtps2dq       zmm14, zmm14
0ac9 tilestored      [rbp+rbx+840], tmm3
0ad3 vcvtdq2ps       zmm15, [rdi+0FC0]
0ada vmulps          zmm15, zmm15, zmm17
0ae0 vcvtps2dq       zmm15, zmm15
0ae6 vpackssdw       zmm12, zmm12, zmm13
0aec vpaddsw         zmm12, zmm12, zmm28
0af2 vpackssdw       zmm14, zmm14, zmm15
0af8 vpaddsw         zmm14, zmm14, zmm28
0afe vpackuswb       zmm12, zmm12, zmm14
0b04 vpermd          zmm12, zmm29, zmm12
0b0a vmovdqu8        [r14+3C0], zmm12
0b11 mov             [rbp+1000], rcx
0b18 mov             r13, rdi
0b1b mov             rdi, r15
0b1e mov             r15, rbp
0b21 mov             rbp, r13
0b24 add             rsi, 900
0b2b add             rcx, 400
0b32 sub             r11, 20
0b36 jg              near 00000000000002AC
0b3c mov             r14, [rdi+1000]
0b43 vcvtdq2ps       zmm0, [rdi]
0b49 vmulps          zmm0, zmm0, zmm16
0b4f vcvtps2dq       zmm0, zmm0
0b55 vcvtdq2ps       zmm1, [rdi+40]
0b5c vmulps          zmm1, zmm1, zmm17
0b62 vcvtps2dq       zmm1, zmm1
0b68 vcvtdq2ps       zmm2, [rdi+80]
0b6f vmulps          zmm2, zmm2, zmm16
0b75 vcvtps2dq       zmm2, zmm2
0b7b vcvtdq2ps       zmm3, [rdi+0C0]
0b82 vmulps          zmm3, zmm3, zmm17
0b88 vcvtps2dq       zmm3, zmm3
0b8e vpackssdw       zmm0, zmm0, zmm1
0b94 vpaddsw         zmm0, zmm0, zmm28
0b9a vpackssdw       zmm2, zmm2, zmm3
0ba0 vpaddsw         zmm2, zmm2, zmm28
0ba6 vpackuswb       zmm0, zmm0, zmm2
0bac vpermd          zmm0, zmm29, zmm0
0bb2 vmovdqu8        [r14], zmm0
0bb8 vcvtdq2ps       zmm4, [rdi+100]
0bbf vmulps          zmm4, zmm4, zmm16
0bc5 vcvtps2dq       zmm4, zmm4
0bcb vcvtdq2ps       zmm5, [rdi+140]
0bd2 vmulps          zmm5, zmm5, zmm17
0bd8 vcvtps2dq       zmm5, zmm5
0bde vcvtdq2ps       zmm6, [rdi+180]
0be5 vmulps          zmm6, zmm6, zmm16
0beb vcvtps2dq       zmm6, zmm6
0bf1 vcvtdq2ps       zmm7, [rdi+1C0]
0bf8 vmulps          zmm7, zmm7, zmm17
0bfe vcvtps2dq       zmm7, zmm7
0c04 vpackssdw       zmm4, zmm4, zmm5
0c0a vpaddsw         zmm4, zmm4, zmm28
0c10 vpackssdw       zmm6, zmm6, zmm7
0c16 vpaddsw         zmm6, zmm6, zmm28
0c1c vpackuswb       zmm4, zmm4, zmm6
0c22 vpermd          zmm4, zmm29, zmm4
0c28 vmovdqu8        [r14+40], zmm4
0c2f vcvtdq2ps       zmm8, [rdi+200]
0c36 vmulps          zmm8, zmm8, zmm16
0c3c vcvtps2dq       zmm8, zmm8
0c42 vcvtdq2ps       zmm9, [rdi+240]
0c49 vmulps          zmm9, zmm9, zmm17
0c4f vcvtps2dq       zmm9, zmm9
0c55 vcvtdq2ps       zmm10, [rdi+280]
0c5c vmulps          zmm10, zmm10, zmm16
0c62 vcvtps2dq       zmm10, zmm10
0c68 vcvtdq2ps       zmm11, [rdi+2C0]
0c6f vmulps          zmm11, zmm11, zmm17
0c75 vcvtps2dq       zmm11, zmm11
0c7b vpackssdw       zmm8, zmm8, zmm9
0c81 vpaddsw         zmm8, zmm8, zmm28
0c87 vpackssdw       zmm10, zmm10, zmm11
0c8d vpaddsw         zmm10, zmm10, zmm28
0c93 vpackuswb       zmm8, zmm8, zmm10
0c99 vpermd          zmm8, zmm29, zmm8
0c9f vmovdqu8        [r14+80], zmm8
0ca6 vcvtdq2ps       zmm12, [rdi+300]
0cad vmulps          zmm12, zmm12, zmm16
0cb3 vcvtps2dq       zmm12, zmm12
0cb9 vcvtdq2ps       zmm13, [rdi+340]
0cc0 vmulps          zmm13, zmm13, zmm17
0cc6 vcvtps2dq       zmm13, zmm13
0ccc vcvtdq2ps       zmm14, [rdi+380]
0cd3 vmulps          zmm14, zmm14, zmm16
0cd9 vcvtps2dq       zmm14, zmm14
0cdf vcvtdq2ps       zmm15, [rdi+3C0]
0ce6 vmulps          zmm15, zmm15, zmm17
0cec vcvtps2dq       zmm15, zmm15
0cf2 vpackssdw       zmm12, zmm12, zmm13
0cf8 vpaddsw         zmm12, zmm12, zmm28
0cfe vpackssdw       zmm14, zmm14, zmm15
0d04 vpaddsw         zmm14, zmm14, zmm28
0d0a vpackuswb       zmm12, zmm12, zmm14
0d10 vpermd          zmm12, zmm29, zmm12
0d16 vmovdqu8        [r14+0C0], zmm12
0d1d vcvtdq2ps       zmm0, [rdi+400]
0d24 vmulps          zmm0, zmm0, zmm16
0d2a vcvtps2dq       zmm0, zmm0
0d30 vcvtdq2ps       zmm1, [rdi+440]
0d37 vmulps          zmm1, zmm1, zmm17
0d3d vcvtps2dq       zmm1, zmm1
0d43 vcvtdq2ps       zmm2, [rdi+480]
0d4a vmulps          zmm2, zmm2, zmm16
0d50 vcvtps2dq       zmm2, zmm2
0d56 vcvtdq2ps       zmm3, [rdi+4C0]
0d5d vmulps          zmm3, zmm3, zmm17
0d63 vcvtps2dq       zmm3, zmm3
0d69 vpackssdw       zmm0, zmm0, zmm1
0d6f vpaddsw         zmm0, zmm0, zmm28
0d75 vpackssdw       zmm2, zmm2, zmm3
0d7b vpaddsw         zmm2, zmm2, zmm28
0d81 vpackuswb       zmm0, zmm0, zmm2
0d87 vpermd          zmm0, zmm29, zmm0
0d8d vmovdqu8        [r14+100], zmm0
0d94 vcvtdq2ps       zmm4, [rdi+500]
0d9b vmulps          zmm4, zmm4, zmm16
0da1 vcvtps2dq       zmm4, zmm4
0da7 vcvtdq2ps       zmm5, [rdi+540]
0dae vmulps          zmm5, zmm5, zmm17
0db4 vcvtps2dq       zmm5, zmm5
0dba vcvtdq2ps       zmm6, [rdi+580]
0dc1 vmulps          zmm6, zmm6, zmm16
0dc7 vcvtps2dq       zmm6, zmm6
0dcd vcvtdq2ps       zmm7, [rdi+5C0]
0dd4 vmulps          zmm7, zmm7, zmm17
0dda vcvtps2dq       zmm7, zmm7
0de0 vpackssdw       zmm4, zmm4, zmm5
0de6 vpaddsw         zmm4, zmm4, zmm28
0dec vpackssdw       zmm6, zmm6, zmm7
0df2 vpaddsw         zmm6, zmm6, zmm28
0df8 vpackuswb       zmm4, zmm4, zmm6
0dfe vpermd          zmm4, zmm29, zmm4
0e04 vmovdqu8        [r14+140], zmm4
0e0b vcvtdq2ps       zmm8, [rdi+600]
0e12 vmulps          zmm8, zmm8, zmm16
0e18 vcvtps2dq       zmm8, zmm8
0e1e vcvtdq2ps       zmm9, [rdi+640]
0e25 vmulps          zmm9, zmm9, zmm17
0e2b vcvtps2dq       zmm9, zmm9
0e31 vcvtdq2ps       zmm10, [rdi+680]
0e38 vmulps          zmm10, zmm10, zmm16
0e3e vcvtps2dq       zmm10, zmm10
0e44 vcvtdq2ps       zmm11, [rdi+6C0]
0e4b vmulps          zmm11, zmm11, zmm17
0e51 vcvtps2dq       zmm11, zmm11
0e57 vpackssdw       zmm8, zmm8, zmm9
0e5d vpaddsw         zmm8, zmm8, zmm28
0e63 vpackssdw       zmm10, zmm10, zmm11
0e69 vpaddsw         zmm10, zmm10, zmm28
0e6f vpackuswb       zmm8, zmm8, zmm10
0e75 vpermd          zmm8, zmm29, zmm8
0e7b vmovdqu8        [r14+180], zmm8
0e82 vcvtdq2ps       zmm12, [rdi+700]
0e89 vmulps          zmm12, zmm12, zmm16
0e8f vcvtps2dq       zmm12, zmm12
0e95 vcvtdq2ps       zmm13, [rdi+740]
0e9c vmulps          zmm13, zmm13, zmm17
0ea2 vcvtps2dq       zmm13, zmm13
0ea8 vcvtdq2ps       zmm14, [rdi+780]
0eaf vmulps          zmm14, zmm14, zmm16
0eb5 vcvtps2dq       zmm14, zmm14
0ebb vcvtdq2ps       zmm15, [rdi+7C0]
0ec2 vmulps          zmm15, zmm15, zmm17
0ec8 vcvtps2dq       zmm15, zmm15
0ece vpackssdw       zmm12, zmm12, zmm13
0ed4 vpaddsw         zmm12, zmm12, zmm28
0eda vpackssdw       zmm14, zmm14, zmm15
0ee0 vpaddsw         zmm14, zmm14, zmm28
0ee6 vpackuswb       zmm12, zmm12, zmm14
0eec vpermd          zmm12, zmm29, zmm12
0ef2 vmovdqu8        [r14+1C0], zmm12
0ef9 vcvtdq2ps       zmm0, [rdi+800]
0f00 vmulps          zmm0, zmm0, zmm16
0f06 vcvtps2dq       zmm0, zmm0
0f0c vcvtdq2ps       zmm1, [rdi+840]
0f13 vmulps          zmm1, zmm1, zmm17
0f19 vcvtps2dq       zmm1, zmm1
0f1f vcvtdq2ps       zmm2, [rdi+880]
0f26 vmulps          zmm2, zmm2, zmm16
0f2c vcvtps2dq       zmm2, zmm2
0f32 vcvtdq2ps       zmm3, [rdi+8C0]
0f39 vmulps          zmm3, zmm3, zmm17
0f3f vcvtps2dq       zmm3, zmm3
0f45 vpackssdw       zmm0, zmm0, zmm1
0f4b vpaddsw         zmm0, zmm0, zmm28
0f51 vpackssdw       zmm2, zmm2, zmm3
0f57 vpaddsw         zmm2, zmm2, zmm28
0f5d vpackuswb       zmm0, zmm0, zmm2
0f63 vpermd          zmm0, zmm29, zmm0
0f69 vmovdqu8        [r14+200], zmm0
0f70 vcvtdq2ps       zmm4, [rdi+900]
0f77 vmulps          zmm4, zmm4, zmm16
0f7d vcvtps2dq       zmm4, zmm4
0f83 vcvtdq2ps       zmm5, [rdi+940]
0f8a vmulps          zmm5, zmm5, zmm17
0f90 vcvtps2dq       zmm5, zmm5
0f96 vcvtdq2ps       zmm6, [rdi+980]
0f9d vmulps          zmm6, zmm6, zmm16
0fa3 vcvtps2dq       zmm6, zmm6
0fa9 vcvtdq2ps       zmm7, [rdi+9C0]
0fb0 vmulps          zmm7, zmm7, zmm17
0fb6 vcvtps2dq       zmm7, zmm7
0fbc vpackssdw       zmm4, zmm4, zmm5
0fc2 vpaddsw         zmm4, zmm4, zmm28
0fc8 vpackssdw       zmm6, zmm6, zmm7
0fce vpaddsw         zmm6, zmm6, zmm28
0fd4 vpackuswb       zmm4, zmm4, zmm6
0fda vpermd          zmm4, zmm29, zmm4
0fe0 vmovdqu8        [r14+240], zmm4
0fe7 vcvtdq2ps       zmm8, [rdi+0A00]
0fee vmulps          zmm8, zmm8, zmm16
0ff4 vcvtps2dq       zmm8, zmm8
0ffa vcvtdq2ps       zmm9, [rdi+0A40]
1001 vmulps          zmm9, zmm9, zmm17
1007 vcvtps2dq       zmm9, zmm9
100d vcvtdq2ps       zmm10, [rdi+0A80]
1014 vmulps          zmm10, zmm10, zmm16
101a vcvtps2dq       zmm10, zmm10
1020 vcvtdq2ps       zmm11, [rdi+0AC0]
1027 vmulps          zmm11, zmm11, zmm17
102d vcvtps2dq       zmm11, zmm11
1033 vpackssdw       zmm8, zmm8, zmm9
1039 vpaddsw         zmm8, zmm8, zmm28
103f vpackssdw       zmm10, zmm10, zmm11
1045 vpaddsw         zmm10, zmm10, zmm28
104b vpackuswb       zmm8, zmm8, zmm10
1051 vpermd          zmm8, zmm29, zmm8
1057 vmovdqu8        [r14+280], zmm8
105e vcvtdq2ps       zmm12, [rdi+0B00]
1065 vmulps          zmm12, zmm12, zmm16
106b vcvtps2dq       zmm12, zmm12
1071 vcvtdq2ps       zmm13, [rdi+0B40]
1078 vmulps          zmm13, zmm13, zmm17
107e vcvtps2dq       zmm13, zmm13
1084 vcvtdq2ps       zmm14, [rdi+0B80]
108b vmulps          zmm14, zmm14, zmm16
1091 vcvtps2dq       zmm14, zmm14
1097 vcvtdq2ps       zmm15, [rdi+0BC0]
109e vmulps          zmm15, zmm15, zmm17
10a4 vcvtps2dq       zmm15, zmm15
10aa vpackssdw       zmm12, zmm12, zmm13
10b0 vpaddsw         zmm12, zmm12, zmm28
10b6 vpackssdw       zmm14, zmm14, zmm15
10bc vpaddsw         zmm14, zmm14, zmm28
10c2 vpackuswb       zmm12, zmm12, zmm14
10c8 vpermd          zmm12, zmm29, zmm12
10ce vmovdqu8        [r14+2C0], zmm12
10d5 vcvtdq2ps       zmm0, [rdi+0C00]
10dc vmulps          zmm0, zmm0, zmm16
10e2 vcvtps2dq       zmm0, zmm0
10e8 vcvtdq2ps       zmm1, [rdi+0C40]
10ef vmulps          zmm1, zmm1, zmm17
10f5 vcvtps2dq       zmm1, zmm1
10fb vcvtdq2ps       zmm2, [rdi+0C80]
1102 vmulps          zmm2, zmm2, zmm16
1108 vcvtps2dq       zmm2, zmm2
110e vcvtdq2ps       zmm3, [rdi+0CC0]
1115 vmulps          zmm3, zmm3, zmm17
111b vcvtps2dq       zmm3, zmm3
1121 vpackssdw       zmm0, zmm0, zmm1
1127 vpaddsw         zmm0, zmm0, zmm28
112d vpackssdw       zmm2, zmm2, zmm3
1133 vpaddsw         zmm2, zmm2, zmm28
1139 vpackuswb       zmm0, zmm0, zmm2
113f vpermd          zmm0, zmm29, zmm0
1145 vmovdqu8        [r14+300], zmm0
114c vcvtdq2ps       zmm4, [rdi+0D00]
1153 vmulps          zmm4, zmm4, zmm16
1159 vcvtps2dq       zmm4, zmm4
115f vcvtdq2ps       zmm5, [rdi+0D40]
1166 vmulps          zmm5, zmm5, zmm17
116c vcvtps2dq       zmm5, zmm5
1172 vcvtdq2ps       zmm6, [rdi+0D80]
1179 vmulps          zmm6, zmm6, zmm16
117f vcvtps2dq       zmm6, zmm6
1185 vcvtdq2ps       zmm7, [rdi+0DC0]
118c vmulps          zmm7, zmm7, zmm17
1192 vcvtps2dq       zmm7, zmm7
1198 vpackssdw       zmm4, zmm4, zmm5
119e vpaddsw         zmm4, zmm4, zmm28
11a4 vpackssdw       zmm6, zmm6, zmm7
11aa vpaddsw         zmm6, zmm6, zmm28
11b0 vpackuswb       zmm4, zmm4, zmm6
11b6 vpermd          zmm4, zmm29, zmm4
11bc vmovdqu8        [r14+340], zmm4
11c3 vcvtdq2ps       zmm8, [rdi+0E00]
11ca vmulps          zmm8, zmm8, zmm16
11d0 vcvtps2dq       zmm8, zmm8
11d6 vcvtdq2ps       zmm9, [rdi+0E40]
11dd vmulps          zmm9, zmm9, zmm17
11e3 vcvtps2dq       zmm9, zmm9
11e9 vcvtdq2ps       zmm10, [rdi+0E80]
11f0 vmulps          zmm10, zmm10, zmm16
11f6 vcvtps2dq       zmm10, zmm10
11fc vcvtdq2ps       zmm11, [rdi+0EC0]
1203 vmulps          zmm11, zmm11, zmm17
1209 vcvtps2dq       zmm11, zmm11
120f vpackssdw       zmm8, zmm8, zmm9
1215 vpaddsw         zmm8, zmm8, zmm28
121b vpackssdw       zmm10, zmm10, zmm11
1221 vpaddsw         zmm10, zmm10, zmm28
1227 vpackuswb       zmm8, zmm8, zmm10
122d vpermd          zmm8, zmm29, zmm8
1233 vmovdqu8        [r14+380], zmm8
123a vcvtdq2ps       zmm12, [rdi+0F00]
1241 vmulps          zmm12, zmm12, zmm16
1247 vcvtps2dq       zmm12, zmm12
124d vcvtdq2ps       zmm13, [rdi+0F40]
1254 vmulps          zmm13, zmm13, zmm17
125a vcvtps2dq       zmm13, zmm13
1260 vcvtdq2ps       zmm14, [rdi+0F80]
1267 vmulps          zmm14, zmm14, zmm16
126d vcvtps2dq       zmm14, zmm14
1273 vcvtdq2ps       zmm15, [rdi+0FC0]
127a vmulps          zmm15, zmm15, zmm17
1280 vcvtps2dq       zmm15, zmm15
1286 vpackssdw       zmm12, zmm12, zmm13
128c vpaddsw         zmm12, zmm12, zmm28
1292 vpackssdw       zmm14, zmm14, zmm15
1298 vpaddsw         zmm14, zmm14, zmm28
129e vpackuswb       zmm12, zmm12, zmm14
12a4 vpermd          zmm12, zmm29, zmm12
12aa vmovdqu8        [r14+3C0], zmm12
12b1 mov             r13, rdi
12b4 mov             rdi, r15
12b7 cmp             r13, r15
12ba jne             near 0000000000000B3C
12c0 tilerelease
12c5 vzeroupper
12c8 pop             rdi
12c9 pop             r15
12cb pop             r14
12cd pop             r13
12cf pop             r12
12d1 pop             rbp
12d2 pop             rbx
12d3 ret
