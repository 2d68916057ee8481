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
0032 vmovups         zmm16, [r9+40]
0039 vmovups         zmm17, [r9+100]
0040 mov             eax, 48
0045 mov             edx, 40
004a mov             ebx, 80
004f ldtilecfg       [rip+123C]
0058 lea             r15, [rbp+1040]
005f lea             rdi, [rbp+2080]
0066 cmp             r11, 20
006a jge             short 0000000000000089
006c mov             r13d, 20
0072 sub             r13, r11
0075 imul            r14, r13, 48
0079 sub             rsi, r14
007c imul            r14, r13, 20
0080 sub             rcx, r14
0083 mov             r11d, 20
0089 tileloadd       tmm0, [r9]
008f tileloadd       tmm1, [r9+0C0]
0099 tileloadd       tmm2, [r9]
009f tileloadd       tmm3, [r9+0C0]
00a9 tileloadd       tmm5, [r8+rdx]
00af tileloadd       tmm4, [rsi+rax]
00b5 tdpbusd         tmm0, tmm4, tmm5
00ba tileloadd       tmm4, [rsi+rax+480]
00c4 tdpbusd         tmm2, tmm4, tmm5
00c9 tileloadd       tmm5, [r8+rdx+480]
00d3 tdpbusd         tmm3, tmm4, tmm5
00d8 tileloadd       tmm4, [rsi+rax]
00de tdpbusd         tmm1, tmm4, tmm5
00e3 tileloadd       tmm7, [r8+rdx+400]
00ed tileloadd       tmm6, [rsi+rax+40]
00f4 tdpbusd         tmm0, tmm6, tmm7
00f9 tileloadd       tmm6, [rsi+rax+4C0]
0103 tdpbusd         tmm2, tmm6, tmm7
0108 tileloadd       tmm7, [r8+rdx+880]
0112 tdpbusd         tmm3, tmm6, tmm7
0117 tileloadd       tmm6, [rsi+rax+40]
011e tdpbusd         tmm1, tmm6, tmm7
0123 tilestored      [rbp+rbx], tmm0
012a tilestored      [rbp+rbx+40], tmm1
0131 tilestored      [rbp+rbx+800], tmm2
013b tilestored      [rbp+rbx+840], tmm3
0145 mov             [rbp+1000], rcx
014c mov             r13, rdi
014f mov             rdi, r15
0152 mov             r15, rbp
0155 mov             rbp, r13
0158 add             rsi, 900
015f add             rcx, 400
0166 sub             r11, 20
016a jg              short 0000000000000174
016c mov             rdi, r15
016f jmp             0000000000000AFD
0174 cmp             r11, 20
0178 jge             short 0000000000000197
017a mov             r13d, 20
0180 sub             r13, r11
0183 imul            r14, r13, 48
0187 sub             rsi, r14
018a imul            r14, r13, 20
018e sub             rcx, r14
0191 mov             r11d, 20
0197 tileloadd       tmm0, [r9]
019d tileloadd       tmm1, [r9+0C0]
01a7 tileloadd       tmm2, [r9]
01ad tileloadd       tmm3, [r9+0C0]
01b7 tileloadd       tmm5, [r8+rdx]
01bd tileloadd       tmm4, [rsi+rax]
01c3 tdpbusd         tmm0, tmm4, tmm5
01c8 tileloadd       tmm4, [rsi+rax+480]
01d2 tdpbusd         tmm2, tmm4, tmm5
01d7 tileloadd       tmm5, [r8+rdx+480]
01e1 tdpbusd         tmm3, tmm4, tmm5
01e6 tileloadd       tmm4, [rsi+rax]
01ec tdpbusd         tmm1, tmm4, tmm5
01f1 tileloadd       tmm7, [r8+rdx+400]
01fb tileloadd       tmm6, [rsi+rax+40]
0202 tdpbusd         tmm0, tmm6, tmm7
0207 tileloadd       tmm6, [rsi+rax+4C0]
0211 tdpbusd         tmm2, tmm6, tmm7
0216 tileloadd       tmm7, [r8+rdx+880]
0220 tdpbusd         tmm3, tmm6, tmm7
0225 tileloadd       tmm6, [rsi+rax+40]
022c tdpbusd         tmm1, tmm6, tmm7
0231 tilestored      [rbp+rbx], tmm0
0238 tilestored      [rbp+rbx+40], tmm1
023f tilestored      [rbp+rbx+800], tmm2
0249 tilestored      [rbp+rbx+840], tmm3
0253 mov             [rbp+1000], rcx
025a mov             r13, rdi
025d mov             rdi, r15
0260 mov             r15, rbp
0263 mov             rbp, r13
0266 add             rsi, 900
026d add             rcx, 400
0274 sub             r11, 20
0278 jle             near 0000000000000AFD
027e cmp             r11, 20
0282 jge             short 00000000000002A1
0284 mov             r13d, 20
028a sub             r13, r11
028d imul            r14, r13, 48
0291 sub             rsi, r14
0294 imul            r14, r13, 20
0298 sub             rcx, r14
029b mov             r11d, 20
02a1 mov             r14, [rdi+1000]
02a8 tileloadd       tmm0, [r9]
02ae vcvtdq2ps       zmm0, [rdi]
02b4 vmulps          zmm0, zmm0, zmm16
02ba vcvtps2dq       zmm0, zmm0
02c0 vcvtdq2ps       zmm1, [rdi+40]
02c7 vmulps          zmm1, zmm1, zmm17
02cd vcvtps2dq       zmm1, zmm1
02d3 vcvtdq2ps       zmm2, [rdi+80]
02da vmulps          zmm2, zmm2, zmm16
02e0 vcvtps2dq       zmm2, zmm2
02e6 vcvtdq2ps       zmm3, [rdi+0C0]
02ed vmulps          zmm3, zmm3, zmm17
02f3 vcvtps2dq       zmm3, zmm3
02f9 tileloadd       tmm1, [r9+0C0]
0303 vpackssdw       zmm0, zmm0, zmm1
0309 vpaddsw         zmm0, zmm0, zmm28
030f vpackssdw       zmm2, zmm2, zmm3
0315 vpaddsw         zmm2, zmm2, zmm28
031b vpackuswb       zmm0, zmm0, zmm2
0321 vpermd          zmm0, zmm29, zmm0
0327 vmovdqu8        [r14], zmm0
032d vcvtdq2ps       zmm4, [rdi+100]
0334 vmulps          zmm4, zmm4, zmm16
033a vcvtps2dq       zmm4, zmm4
0340 vcvtdq2ps       zmm5, [rdi+140]
0347 vmulps          zmm5, zmm5, zmm17
034d tileloadd       tmm2, [r9]
0353 vcvtps2dq       zmm5, zmm5
0359 vcvtdq2ps       zmm6, [rdi+180]
0360 vmulps          zmm6, zmm6, zmm16
0366 vcvtps2dq       zmm6, zmm6
036c vcvtdq2ps       zmm7, [rdi+1C0]
0373 vmulps          zmm7, zmm7, zmm17
0379 vcvtps2dq       zmm7, zmm7
037f vpackssdw       zmm4, zmm4, zmm5
0385 vpaddsw         zmm4, zmm4, zmm28
038b vpackssdw       zmm6, zmm6, zmm7
0391 vpaddsw         zmm6, zmm6, zmm28
0397 vpackuswb       zmm4, zmm4, zmm6
039d tileloadd       tmm3, [r9+0C0]
03a7 vpermd          zmm4, zmm29, zmm4
03ad vmovdqu8        [r14+40], zmm4
03b4 vcvtdq2ps       zmm8, [rdi+200]
03bb vmulps          zmm8, zmm8, zmm16
03c1 vcvtps2dq       zmm8, zmm8
03c7 vcvtdq2ps       zmm9, [rdi+240]
03ce vmulps          zmm9, zmm9, zmm17
03d4 vcvtps2dq       zmm9, zmm9
03da vcvtdq2ps       zmm10, [rdi+280]
03e1 vmulps          zmm10, zmm10, zmm16
03e7 vcvtps2dq       zmm10, zmm10
03ed tileloadd       tmm5, [r8+rdx]
03f3 vcvtdq2ps       zmm11, [rdi+2C0]
03fa vmulps          zmm11, zmm11, zmm17
0400 vcvtps2dq       zmm11, zmm11
0406 vpackssdw       zmm8, zmm8, zmm9
040c vpaddsw         zmm8, zmm8, zmm28
0412 vpackssdw       zmm10, zmm10, zmm11
0418 vpaddsw         zmm10, zmm10, zmm28
041e vpackuswb       zmm8, zmm8, zmm10
0424 vpermd          zmm8, zmm29, zmm8
042a vmovdqu8        [r14+80], zmm8
0431 vcvtdq2ps       zmm12, [rdi+300]
0438 vmulps          zmm12, zmm12, zmm16
043e tileloadd       tmm4, [rsi+rax]
0444 vcvtps2dq       zmm12, zmm12
044a vcvtdq2ps       zmm13, [rdi+340]
0451 vmulps          zmm13, zmm13, zmm17
0457 vcvtps2dq       zmm13, zmm13
045d vcvtdq2ps       zmm14, [rdi+380]
0464 vmulps          zmm14, zmm14, zmm16
046a vcvtps2dq       zmm14, zmm14
0470 vcvtdq2ps       zmm15, [rdi+3C0]
0477 vmulps          zmm15, zmm15, zmm17
047d vcvtps2dq       zmm15, zmm15
0483 vpackssdw       zmm12, zmm12, zmm13
0489 vpaddsw         zmm12, zmm12, zmm28
048f tdpbusd         tmm0, tmm4, tmm5
0494 vpackssdw       zmm14, zmm14, zmm15
049a vpaddsw         zmm14, zmm14, zmm28
04a0 vpackuswb       zmm12, zmm12, zmm14
04a6 vpermd          zmm12, zmm29, zmm12
04ac vmovdqu8        [r14+0C0], zmm12
04b3 vcvtdq2ps       zmm0, [rdi+400]
04ba vmulps          zmm0, zmm0, zmm16
04c0 vcvtps2dq       zmm0, zmm0
04c6 vcvtdq2ps       zmm1, [rdi+440]
04cd vmulps          zmm1, zmm1, zmm17
04d3 vcvtps2dq       zmm1, zmm1
04d9 tileloadd       tmm4, [rsi+rax+480]
04e3 vcvtdq2ps       zmm2, [rdi+480]
04ea vmulps          zmm2, zmm2, zmm16
04f0 vcvtps2dq       zmm2, zmm2
04f6 vcvtdq2ps       zmm3, [rdi+4C0]
04fd vmulps          zmm3, zmm3, zmm17
0503 vcvtps2dq       zmm3, zmm3
0509 vpackssdw       zmm0, zmm0, zmm1
050f vpaddsw         zmm0, zmm0, zmm28
0515 vpackssdw       zmm2, zmm2, zmm3
051b vpaddsw         zmm2, zmm2, zmm28
0521 vpackuswb       zmm0, zmm0, zmm2
0527 vpermd          zmm0, zmm29, zmm0
052d tdpbusd         tmm2, tmm4, tmm5
0532 vmovdqu8        [r14+100], zmm0
0539 vcvtdq2ps       zmm4, [rdi+500]
0540 vmulps          zmm4, zmm4, zmm16
0546 vcvtps2dq       zmm4, zmm4
054c vcvtdq2ps       zmm5, [rdi+540]
0553 vmulps          zmm5, zmm5, zmm17
0559 vcvtps2dq       zmm5, zmm5
055f vcvtdq2ps       zmm6, [rdi+580]
0566 vmulps          zmm6, zmm6, zmm16
056c vcvtps2dq       zmm6, zmm6
0572 vcvtdq2ps       zmm7, [rdi+5C0]
0579 vmulps          zmm7, zmm7, zmm17
057f tileloadd       tmm5, [r8+rdx+480]
0589 vcvtps2dq       zmm7, zmm7
058f vpackssdw       zmm4, zmm4, zmm5
0595 vpaddsw         zmm4, zmm4, zmm28
059b vpackssdw       zmm6, zmm6, zmm7
05a1 vpaddsw         zmm6, zmm6, zmm28
05a7 vpackuswb       zmm4, zmm4, zmm6
05ad vpermd          zmm4, zmm29, zmm4
05b3 vmovdqu8        [r14+140], zmm4
05ba vcvtdq2ps       zmm8, [rdi+600]
05c1 vmulps          zmm8, zmm8, zmm16
05c7 vcvtps2dq       zmm8, zmm8
05cd tdpbusd         tmm3, tmm4, tmm5
05d2 vcvtdq2ps       zmm9, [rdi+640]
05d9 vmulps          zmm9, zmm9, zmm17
05df vcvtps2dq       zmm9, zmm9
05e5 vcvtdq2ps       zmm10, [rdi+680]
05ec vmulps          zmm10, zmm10, zmm16
05f2 vcvtps2dq       zmm10, zmm10
05f8 vcvtdq2ps       zmm11, [rdi+6C0]
05ff vmulps          zmm11, zmm11, zmm17
0605 vcvtps2dq       zmm11, zmm11
060b vpackssdw       zmm8, zmm8, zmm9
0611 vpaddsw         zmm8, zmm8, zmm28
0617 vpackssdw       zmm10, zmm10, zmm11
061d tileloadd       tmm4, [rsi+rax]
0623 vpaddsw         zmm10, zmm10, zmm28
0629 vpackuswb       zmm8, zmm8, zmm10
062f vpermd          zmm8, zmm29, zmm8
0635 vmovdqu8        [r14+180], zmm8
063c vcvtdq2ps       zmm12, [rdi+700]
0643 vmulps          zmm12, zmm12, zmm16
0649 vcvtps2dq       zmm12, zmm12
064f vcvtdq2ps       zmm13, [rdi+740]
0656 vmulps          zmm13, zmm13, zmm17
065c vcvtps2dq       zmm13, zmm13
0662 vcvtdq2ps       zmm14, [rdi+780]
0669 vmulps          zmm14, zmm14, zmm16
066f tdpbusd         tmm1, tmm4, tmm5
0674 vcvtps2dq       zmm14, zmm14
067a vcvtdq2ps       zmm15, [rdi+7C0]
0681 vmulps          zmm15, zmm15, zmm17
0687 vcvtps2dq       zmm15, zmm15
068d vpackssdw       zmm12, zmm12, zmm13
0693 vpaddsw         zmm12, zmm12, zmm28
0699 vpackssdw       zmm14, zmm14, zmm15
069f vpaddsw         zmm14, zmm14, zmm28
06a5 vpackuswb       zmm12, zmm12, zmm14
06ab vpermd          zmm12, zmm29, zmm12
06b1 vmovdqu8        [r14+1C0], zmm12
06b8 tileloadd       tmm7, [r8+rdx+400]
06c2 vcvtdq2ps       zmm0, [rdi+800]
06c9 vmulps          zmm0, zmm0, zmm16
06cf vcvtps2dq       zmm0, zmm0
06d5 vcvtdq2ps       zmm1, [rdi+840]
06dc vmulps          zmm1, zmm1, zmm17
06e2 vcvtps2dq       zmm1, zmm1
06e8 vcvtdq2ps       zmm2, [rdi+880]
06ef vmulps          zmm2, zmm2, zmm16
06f5 vcvtps2dq       zmm2, zmm2
06fb vcvtdq2ps       zmm3, [rdi+8C0]
0702 vmulps          zmm3, zmm3, zmm17
0708 vcvtps2dq       zmm3, zmm3
070e tileloadd       tmm6, [rsi+rax+40]
0715 vpackssdw       zmm0, zmm0, zmm1
071b vpaddsw         zmm0, zmm0, zmm28
0721 vpackssdw       zmm2, zmm2, zmm3
0727 vpaddsw         zmm2, zmm2, zmm28
072d vpackuswb       zmm0, zmm0, zmm2
0733 vpermd          zmm0, zmm29, zmm0
0739 vmovdqu8        [r14+200], zmm0
0740 vcvtdq2ps       zmm4, [rdi+900]
0747 vmulps          zmm4, zmm4, zmm16
074d vcvtps2dq       zmm4, zmm4
0753 vcvtdq2ps       zmm5, [rdi+940]
075a vmulps          zmm5, zmm5, zmm17
0760 tdpbusd         tmm0, tmm6, tmm7
0765 vcvtps2dq       zmm5, zmm5
076b vcvtdq2ps       zmm6, [rdi+980]
0772 vmulps          zmm6, zmm6, zmm16
0778 vcvtps2dq       zmm6, zmm6
077e vcvtdq2ps       zmm7, [rdi+9C0]
0785 vmulps          zmm7, zmm7, zmm17
078b vcvtps2dq       zmm7, zmm7
0791 vpackssdw       zmm4, zmm4, zmm5
0797 vpaddsw         zmm4, zmm4, zmm28
079d vpackssdw       zmm6, zmm6, zmm7
07a3 vpaddsw         zmm6, zmm6, zmm28
07a9 vpackuswb       zmm4, zmm4, zmm6
07af tileloadd       tmm6, [rsi+rax+4C0]
07b9 vpermd          zmm4, zmm29, zmm4
07bf vmovdqu8        [r14+240], zmm4
07c6 vcvtdq2ps       zmm8, [rdi+0A00]
07cd vmulps          zmm8, zmm8, zmm16
07d3 vcvtps2dq       zmm8, zmm8
07d9 vcvtdq2ps       zmm9, [rdi+0A40]
07e0 vmulps          zmm9, zmm9, zmm17
07e6 vcvtps2dq       zmm9, zmm9
07ec vcvtdq2ps       zmm10, [rdi+0A80]
07f3 vmulps          zmm10, zmm10, zmm16
07f9 vcvtps2dq       zmm10, zmm10
07ff tdpbusd         tmm2, tmm6, tmm7
0804 vcvtdq2ps       zmm11, [rdi+0AC0]
080b vmulps          zmm11, zmm11, zmm17
0811 vcvtps2dq       zmm11, zmm11
0817 vpackssdw       zmm8, zmm8, zmm9
081d vpaddsw         zmm8, zmm8, zmm28
0823 vpackssdw       zmm10, zmm10, zmm11
0829 vpaddsw         zmm10, zmm10, zmm28
082f vpackuswb       zmm8, zmm8, zmm10
0835 vpermd          zmm8, zmm29, zmm8
083b vmovdqu8        [r14+280], zmm8
0842 vcvtdq2ps       zmm12, [rdi+0B00]
0849 vmulps          zmm12, zmm12, zmm16
084f tileloadd       tmm7, [r8+rdx+880]
0859 vcvtps2dq       zmm12, zmm12
085f vcvtdq2ps       zmm13, [rdi+0B40]
0866 vmulps          zmm13, zmm13, zmm17
086c vcvtps2dq       zmm13, zmm13
0872 vcvtdq2ps       zmm14, [rdi+0B80]
0879 vmulps          zmm14, zmm14, zmm16
087f vcvtps2dq       zmm14, zmm14
0885 vcvtdq2ps       zmm15, [rdi+0BC0]
088c vmulps          zmm15, zmm15, zmm17
0892 vcvtps2dq       zmm15, zmm15
0898 vpackssdw       zmm12, zmm12, zmm13
089e vpaddsw         zmm12, zmm12, zmm28
08a4 tdpbusd         tmm3, tmm6, tmm7
08a9 vpackssdw       zmm14, zmm14, zmm15
08af vpaddsw         zmm14, zmm14, zmm28
08b5 vpackuswb       zmm12, zmm12, zmm14
08bb vpermd          zmm12, zmm29, zmm12
08c1 vmovdqu8        [r14+2C0], zmm12
08c8 vcvtdq2ps       zmm0, [rdi+0C00]
08cf vmulps          zmm0, zmm0, zmm16
08d5 vcvtps2dq       zmm0, zmm0
08db vcvtdq2ps       zmm1, [rdi+0C40]
08e2 vmulps          zmm1, zmm1, zmm17
08e8 vcvtps2dq       zmm1, zmm1
08ee tileloadd       tmm6, [rsi+rax+40]
08f5 vcvtdq2ps       zmm2, [rdi+0C80]
08fc vmulps          zmm2, zmm2, zmm16
0902 vcvtps2dq       zmm2, zmm2
0908 vcvtdq2ps       zmm3, [rdi+0CC0]
090f vmulps          zmm3, zmm3, zmm17
0915 vcvtps2dq       zmm3, zmm3
091b vpackssdw       zmm0, zmm0, zmm1
0921 vpaddsw         zmm0, zmm0, zmm28
0927 vpackssdw       zmm2, zmm2, zmm3
092d vpaddsw         zmm2, zmm2, zmm28
0933 vpackuswb       zmm0, zmm0, zmm2
0939 vpermd          zmm0, zmm29, zmm0
093f tdpbusd         tmm1, tmm6, tmm7
0944 vmovdqu8        [r14+300], zmm0
094b vcvtdq2ps       zmm4, [rdi+0D00]
0952 vmulps          zmm4, zmm4, zmm16
0958 vcvtps2dq       zmm4, zmm4
095e vcvtdq2ps       zmm5, [rdi+0D40]
0965 vmulps          zmm5, zmm5, zmm17
096b vcvtps2dq       zmm5, zmm5
0971 vcvtdq2ps       zmm6, [rdi+0D80]
0978 vmulps          zmm6, zmm6, zmm16
097e vcvtps2dq       zmm6, zmm6
0984 vcvtdq2ps       zmm7, [rdi+0DC0]
098b vmulps          zmm7, zmm7, zmm17
0991 tilestored      [rbp+rbx], tmm0
0998 vcvtps2dq       zmm7, zmm7
099e vpackssdw       zmm4, zmm4, zmm5
09a4 vpaddsw         zmm4, zmm4, zmm28
09aa vpackssdw       zmm6, zmm6, zmm7
09b0 vpaddsw         zmm6, zmm6, zmm28
09b6 vpackuswb       zmm4, zmm4, zmm6
09bc vpermd          zmm4, zmm29, zmm4
09c2 vmovdqu8        [r14+340], zmm4
09c9 vcvtdq2ps       zmm8, [rdi+0E00]
09d0 vmulps          zmm8, zmm8, zmm16
09d6 vcvtps2dq       zmm8, zmm8
09dc tilestored      [rbp+rbx+40], tmm1
09e3 vcvtdq2ps       zmm9, [rdi+0E40]
09ea vmulps          zmm9, zmm9, zmm17
09f0 vcvtps2dq       zmm9, zmm9
09f6 vcvtdq2ps       zmm10, [rdi+0E80]
09fd vmulps          zmm10, zmm10, zmm16
0a03 vcvtps2dq       zmm10, zmm10
0a09 vcvtdq2ps       zmm11, [rdi+0EC0]
0a10 vmulps          zmm11, zmm11, zmm17
0a16 vcvtps2dq       zmm11, zmm11
0a1c vpackssdw       zmm8, zmm8, zmm9
0a22 vpaddsw         zmm8, zmm8, zmm28
0a28 vpackssdw       zmm10, zmm10, zmm11
0a2e tilestored      [rbp+rbx+800], tmm2
0a38 vpaddsw         zmm10, zmm10, zmm28
0a3e vpackuswb       zmm8, zmm8, zmm10
0a44 vpermd          zmm8, zmm29, zmm8
0a4a vmovdqu8        [r14+380], zmm8
0a51 vcvtdq2ps       zmm12, [rdi+0F00]
0a58 vmulps          zmm12, zmm12, zmm16
0a5e vcvtps2dq       zmm12, zmm12
0a64 vcvtdq2ps       zmm13, [rdi+0F40]
0a6b vmulps          zmm13, zmm13, zmm17
0a71 vcvtps2dq       zmm13, zmm13
0a77 vcvtdq2ps       zmm14, [rdi+0F80]
0a7e vmulps          zmm14, zmm14, zmm16
0a84 tilestored      [rbp+rbx+840], tmm3
0a8e vcvtps2dq       zmm14, zmm14
0a94 vcvtdq2ps       zmm15, [rdi+0FC0]
0a9b vmulps          zmm15, zmm15, zmm17
0aa1 vcvtps2dq       zmm15, zmm15
0aa7 vpackssdw       zmm12, zmm12, zmm13
0aad vpaddsw         zmm12, zmm12, zmm28
0ab3 vpackssdw       zmm14, zmm14, zmm15
0ab9 vpaddsw         zmm14, zmm14, zmm28
0abf vpackuswb       zmm12, zmm12, zmm14
0ac5 vpermd          zmm12, zmm29, zmm12
0acb vmovdqu8        [r14+3C0], zmm12
0ad2 mov             [rbp+1000], rcx
0ad9 mov             r13, rdi
0adc mov             rdi, r15
0adf mov             r15, rbp
0ae2 mov             rbp, r13
0ae5 add             rsi, 900
0aec add             rcx, 400
0af3 sub             r11, 20
0af7 jg              near 000000000000027E
0afd mov             r14, [rdi+1000]
0b04 vcvtdq2ps       zmm0, [rdi]
0b0a vmulps          zmm0, zmm0, zmm16
0b10 vcvtps2dq       zmm0, zmm0
0b16 vcvtdq2ps       zmm1, [rdi+40]
0b1d vmulps          zmm1, zmm1, zmm17
0b23 vcvtps2dq       zmm1, zmm1
0b29 vcvtdq2ps       zmm2, [rdi+80]
0b30 vmulps          zmm2, zmm2, zmm16
0b36 vcvtps2dq       zmm2, zmm2
0b3c vcvtdq2ps       zmm3, [rdi+0C0]
0b43 vmulps          zmm3, zmm3, zmm17
0b49 vcvtps2dq       zmm3, zmm3
0b4f vpackssdw       zmm0, zmm0, zmm1
0b55 vpaddsw         zmm0, zmm0, zmm28
0b5b vpackssdw       zmm2, zmm2, zmm3
0b61 vpaddsw         zmm2, zmm2, zmm28
0b67 vpackuswb       zmm0, zmm0, zmm2
0b6d vpermd          zmm0, zmm29, zmm0
0b73 vmovdqu8        [r14], zmm0
0b79 vcvtdq2ps       zmm4, [rdi+100]
0b80 vmulps          zmm4, zmm4, zmm16
0b86 vcvtps2dq       zmm4, zmm4
0b8c vcvtdq2ps       zmm5, [rdi+140]
0b93 vmulps          zmm5, zmm5, zmm17
0b99 vcvtps2dq       zmm5, zmm5
0b9f vcvtdq2ps       zmm6, [rdi+180]
0ba6 vmulps          zmm6, zmm6, zmm16
0bac vcvtps2dq       zmm6, zmm6
0bb2 vcvtdq2ps       zmm7, [rdi+1C0]
0bb9 vmulps          zmm7, zmm7, zmm17
0bbf vcvtps2dq       zmm7, zmm7
0bc5 vpackssdw       zmm4, zmm4, zmm5
0bcb vpaddsw         zmm4, zmm4, zmm28
0bd1 vpackssdw       zmm6, zmm6, zmm7
0bd7 vpaddsw         zmm6, zmm6, zmm28
0bdd vpackuswb       zmm4, zmm4, zmm6
0be3 vpermd          zmm4, zmm29, zmm4
0be9 vmovdqu8        [r14+40], zmm4
0bf0 vcvtdq2ps       zmm8, [rdi+200]
0bf7 vmulps          zmm8, zmm8, zmm16
0bfd vcvtps2dq       zmm8, zmm8
0c03 vcvtdq2ps       zmm9, [rdi+240]
0c0a vmulps          zmm9, zmm9, zmm17
0c10 vcvtps2dq       zmm9, zmm9
0c16 vcvtdq2ps       zmm10, [rdi+280]
0c1d vmulps          zmm10, zmm10, zmm16
0c23 vcvtps2dq       zmm10, zmm10
0c29 vcvtdq2ps       zmm11, [rdi+2C0]
0c30 vmulps          zmm11, zmm11, zmm17
0c36 vcvtps2dq       zmm11, zmm11
0c3c vpackssdw       zmm8, zmm8, zmm9
0c42 vpaddsw         zmm8, zmm8, zmm28
0c48 vpackssdw       zmm10, zmm10, zmm11
0c4e vpaddsw         zmm10, zmm10, zmm28
0c54 vpackuswb       zmm8, zmm8, zmm10
0c5a vpermd          zmm8, zmm29, zmm8
0c60 vmovdqu8        [r14+80], zmm8
0c67 vcvtdq2ps       zmm12, [rdi+300]
0c6e vmulps          zmm12, zmm12, zmm16
0c74 vcvtps2dq       zmm12, zmm12
0c7a vcvtdq2ps       zmm13, [rdi+340]
0c81 vmulps          zmm13, zmm13, zmm17
0c87 vcvtps2dq       zmm13, zmm13
0c8d vcvtdq2ps       zmm14, [rdi+380]
0c94 vmulps          zmm14, zmm14, zmm16
0c9a vcvtps2dq       zmm14, zmm14
0ca0 vcvtdq2ps       zmm15, [rdi+3C0]
0ca7 vmulps          zmm15, zmm15, zmm17
0cad vcvtps2dq       zmm15, zmm15
0cb3 vpackssdw       zmm12, zmm12, zmm13
0cb9 vpaddsw         zmm12, zmm12, zmm28
0cbf vpackssdw       zmm14, zmm14, zmm15
0cc5 vpaddsw         zmm14, zmm14, zmm28
0ccb vpackuswb       zmm12, zmm12, zmm14
0cd1 vpermd          zmm12, zmm29, zmm12
0cd7 vmovdqu8        [r14+0C0], zmm12
0cde vcvtdq2ps       zmm0, [rdi+400]
0ce5 vmulps          zmm0, zmm0, zmm16
0ceb vcvtps2dq       zmm0, zmm0
0cf1 vcvtdq2ps       zmm1, [rdi+440]
0cf8 vmulps          zmm1, zmm1, zmm17
0cfe vcvtps2dq       zmm1, zmm1
0d04 vcvtdq2ps       zmm2, [rdi+480]
0d0b vmulps          zmm2, zmm2, zmm16
0d11 vcvtps2dq       zmm2, zmm2
0d17 vcvtdq2ps       zmm3, [rdi+4C0]
0d1e vmulps          zmm3, zmm3, zmm17
0d24 vcvtps2dq       zmm3, zmm3
0d2a vpackssdw       zmm0, zmm0, zmm1
0d30 vpaddsw         zmm0, zmm0, zmm28
0d36 vpackssdw       zmm2, zmm2, zmm3
0d3c vpaddsw         zmm2, zmm2, zmm28
0d42 vpackuswb       zmm0, zmm0, zmm2
0d48 vpermd          zmm0, zmm29, zmm0
0d4e vmovdqu8        [r14+100], zmm0
0d55 vcvtdq2ps       zmm4, [rdi+500]
0d5c vmulps          zmm4, zmm4, zmm16
0d62 vcvtps2dq       zmm4, zmm4
0d68 vcvtdq2ps       zmm5, [rdi+540]
0d6f vmulps          zmm5, zmm5, zmm17
0d75 vcvtps2dq       zmm5, zmm5
0d7b vcvtdq2ps       zmm6, [rdi+580]
0d82 vmulps          zmm6, zmm6, zmm16
0d88 vcvtps2dq       zmm6, zmm6
0d8e vcvtdq2ps       zmm7, [rdi+5C0]
0d95 vmulps          zmm7, zmm7, zmm17
0d9b vcvtps2dq       zmm7, zmm7
0da1 vpackssdw       zmm4, zmm4, zmm5
0da7 vpaddsw         zmm4, zmm4, zmm28
0dad vpackssdw       zmm6, zmm6, zmm7
0db3 vpaddsw         zmm6, zmm6, zmm28
0db9 vpackuswb       zmm4, zmm4, zmm6
0dbf vpermd          zmm4, zmm29, zmm4
0dc5 vmovdqu8        [r14+140], zmm4
0dcc vcvtdq2ps       zmm8, [rdi+600]
0dd3 vmulps          zmm8, zmm8, zmm16
0dd9 vcvtps2dq       zmm8, zmm8
0ddf vcvtdq2ps       zmm9, [rdi+640]
0de6 vmulps          zmm9, zmm9, zmm17
0dec vcvtps2dq       zmm9, zmm9
0df2 vcvtdq2ps       zmm10, [rdi+680]
0df9 vmulps          zmm10, zmm10, zmm16
0dff vcvtps2dq       zmm10, zmm10
0e05 vcvtdq2ps       zmm11, [rdi+6C0]
0e0c vmulps          zmm11, zmm11, zmm17
0e12 vcvtps2dq       zmm11, zmm11
0e18 vpackssdw       zmm8, zmm8, zmm9
0e1e vpaddsw         zmm8, zmm8, zmm28
0e24 vpackssdw       zmm10, zmm10, zmm11
0e2a vpaddsw         zmm10, zmm10, zmm28
0e30 vpackuswb       zmm8, zmm8, zmm10
0e36 vpermd          zmm8, zmm29, zmm8
0e3c vmovdqu8        [r14+180], zmm8
0e43 vcvtdq2ps       zmm12, [rdi+700]
0e4a vmulps          zmm12, zmm12, zmm16
0e50 vcvtps2dq       zmm12, zmm12
0e56 vcvtdq2ps       zmm13, [rdi+740]
0e5d vmulps          zmm13, zmm13, zmm17
0e63 vcvtps2dq       zmm13, zmm13
0e69 vcvtdq2ps       zmm14, [rdi+780]
0e70 vmulps          zmm14, zmm14, zmm16
0e76 vcvtps2dq       zmm14, zmm14
0e7c vcvtdq2ps       zmm15, [rdi+7C0]
0e83 vmulps          zmm15, zmm15, zmm17
0e89 vcvtps2dq       zmm15, zmm15
0e8f vpackssdw       zmm12, zmm12, zmm13
0e95 vpaddsw         zmm12, zmm12, zmm28
0e9b vpackssdw       zmm14, zmm14, zmm15
0ea1 vpaddsw         zmm14, zmm14, zmm28
0ea7 vpackuswb       zmm12, zmm12, zmm14
0ead vpermd          zmm12, zmm29, zmm12
0eb3 vmovdqu8        [r14+1C0], zmm12
0eba vcvtdq2ps       zmm0, [rdi+800]
0ec1 vmulps          zmm0, zmm0, zmm16
0ec7 vcvtps2dq       zmm0, zmm0
0ecd vcvtdq2ps       zmm1, [rdi+840]
0ed4 vmulps          zmm1, zmm1, zmm17
0eda vcvtps2dq       zmm1, zmm1
0ee0 vcvtdq2ps       zmm2, [rdi+880]
0ee7 vmulps          zmm2, zmm2, zmm16
0eed vcvtps2dq       zmm2, zmm2
0ef3 vcvtdq2ps       zmm3, [rdi+8C0]
0efa vmulps          zmm3, zmm3, zmm17
0f00 vcvtps2dq       zmm3, zmm3
0f06 vpackssdw       zmm0, zmm0, zmm1
0f0c vpaddsw         zmm0, zmm0, zmm28
0f12 vpackssdw       zmm2, zmm2, zmm3
0f18 vpaddsw         zmm2, zmm2, zmm28
0f1e vpackuswb       zmm0, zmm0, zmm2
0f24 vpermd          zmm0, zmm29, zmm0
0f2a vmovdqu8        [r14+200], zmm0
0f31 vcvtdq2ps       zmm4, [rdi+900]
0f38 vmulps          zmm4, zmm4, zmm16
0f3e vcvtps2dq       zmm4, zmm4
0f44 vcvtdq2ps       zmm5, [rdi+940]
0f4b vmulps          zmm5, zmm5, zmm17
0f51 vcvtps2dq       zmm5, zmm5
0f57 vcvtdq2ps       zmm6, [rdi+980]
0f5e vmulps          zmm6, zmm6, zmm16
0f64 vcvtps2dq       zmm6, zmm6
0f6a vcvtdq2ps       zmm7, [rdi+9C0]
0f71 vmulps          zmm7, zmm7, zmm17
0f77 vcvtps2dq       zmm7, zmm7
0f7d vpackssdw       zmm4, zmm4, zmm5
0f83 vpaddsw         zmm4, zmm4, zmm28
0f89 vpackssdw       zmm6, zmm6, zmm7
0f8f vpaddsw         zmm6, zmm6, zmm28
0f95 vpackuswb       zmm4, zmm4, zmm6
0f9b vpermd          zmm4, zmm29, zmm4
0fa1 vmovdqu8        [r14+240], zmm4
0fa8 vcvtdq2ps       zmm8, [rdi+0A00]
0faf vmulps          zmm8, zmm8, zmm16
0fb5 vcvtps2dq       zmm8, zmm8
0fbb vcvtdq2ps       zmm9, [rdi+0A40]
0fc2 vmulps          zmm9, zmm9, zmm17
0fc8 vcvtps2dq       zmm9, zmm9
0fce vcvtdq2ps       zmm10, [rdi+0A80]
0fd5 vmulps          zmm10, zmm10, zmm16
0fdb vcvtps2dq       zmm10, zmm10
0fe1 vcvtdq2ps       zmm11, [rdi+0AC0]
0fe8 vmulps          zmm11, zmm11, zmm17
0fee vcvtps2dq       zmm11, zmm11
0ff4 vpackssdw       zmm8, zmm8, zmm9
0ffa vpaddsw         zmm8, zmm8, zmm28
1000 vpackssdw       zmm10, zmm10, zmm11
1006 vpaddsw         zmm10, zmm10, zmm28
100c vpackuswb       zmm8, zmm8, zmm10
1012 vpermd          zmm8, zmm29, zmm8
1018 vmovdqu8        [r14+280], zmm8
101f vcvtdq2ps       zmm12, [rdi+0B00]
1026 vmulps          zmm12, zmm12, zmm16
102c vcvtps2dq       zmm12, zmm12
1032 vcvtdq2ps       zmm13, [rdi+0B40]
1039 vmulps          zmm13, zmm13, zmm17
103f vcvtps2dq       zmm13, zmm13
1045 vcvtdq2ps       zmm14, [rdi+0B80]
104c vmulps          zmm14, zmm14, zmm16
1052 vcvtps2dq       zmm14, zmm14
1058 vcvtdq2ps       zmm15, [rdi+0BC0]
105f vmulps          zmm15, zmm15, zmm17
1065 vcvtps2dq       zmm15, zmm15
106b vpackssdw       zmm12, zmm12, zmm13
1071 vpaddsw         zmm12, zmm12, zmm28
1077 vpackssdw       zmm14, zmm14, zmm15
107d vpaddsw         zmm14, zmm14, zmm28
1083 vpackuswb       zmm12, zmm12, zmm14
1089 vpermd          zmm12, zmm29, zmm12
108f vmovdqu8        [r14+2C0], zmm12
1096 vcvtdq2ps       zmm0, [rdi+0C00]
109d vmulps          zmm0, zmm0, zmm16
10a3 vcvtps2dq       zmm0, zmm0
10a9 vcvtdq2ps       zmm1, [rdi+0C40]
10b0 vmulps          zmm1, zmm1, zmm17
10b6 vcvtps2dq       zmm1, zmm1
10bc vcvtdq2ps       zmm2, [rdi+0C80]
10c3 vmulps          zmm2, zmm2, zmm16
10c9 vcvtps2dq       zmm2, zmm2
10cf vcvtdq2ps       zmm3, [rdi+0CC0]
10d6 vmulps          zmm3, zmm3, zmm17
10dc vcvtps2dq       zmm3, zmm3
10e2 vpackssdw       zmm0, zmm0, zmm1
10e8 vpaddsw         zmm0, zmm0, zmm28
10ee vpackssdw       zmm2, zmm2, zmm3
10f4 vpaddsw         zmm2, zmm2, zmm28
10fa vpackuswb       zmm0, zmm0, zmm2
1100 vpermd          zmm0, zmm29, zmm0
1106 vmovdqu8        [r14+300], zmm0
110d vcvtdq2ps       zmm4, [rdi+0D00]
1114 vmulps          zmm4, zmm4, zmm16
111a vcvtps2dq       zmm4, zmm4
1120 vcvtdq2ps       zmm5, [rdi+0D40]
1127 vmulps          zmm5, zmm5, zmm17
112d vcvtps2dq       zmm5, zmm5
1133 vcvtdq2ps       zmm6, [rdi+0D80]
113a vmulps          zmm6, zmm6, zmm16
1140 vcvtps2dq       zmm6, zmm6
1146 vcvtdq2ps       zmm7, [rdi+0DC0]
114d vmulps          zmm7, zmm7, zmm17
1153 vcvtps2dq       zmm7, zmm7
1159 vpackssdw       zmm4, zmm4, zmm5
115f vpaddsw         zmm4, zmm4, zmm28
1165 vpackssdw       zmm6, zmm6, zmm7
116b vpaddsw         zmm6, zmm6, zmm28
1171 vpackuswb       zmm4, zmm4, zmm6
1177 vpermd          zmm4, zmm29, zmm4
117d vmovdqu8        [r14+340], zmm4
1184 vcvtdq2ps       zmm8, [rdi+0E00]
118b vmulps          zmm8, zmm8, zmm16
1191 vcvtps2dq       zmm8, zmm8
1197 vcvtdq2ps       zmm9, [rdi+0E40]
119e vmulps          zmm9, zmm9, zmm17
11a4 vcvtps2dq       zmm9, zmm9
11aa vcvtdq2ps       zmm10, [rdi+0E80]
11b1 vmulps          zmm10, zmm10, zmm16
11b7 vcvtps2dq       zmm10, zmm10
11bd vcvtdq2ps       zmm11, [rdi+0EC0]
11c4 vmulps          zmm11, zmm11, zmm17
11ca vcvtps2dq       zmm11, zmm11
11d0 vpackssdw       zmm8, zmm8, zmm9
11d6 vpaddsw         zmm8, zmm8, zmm28
11dc vpackssdw       zmm10, zmm10, zmm11
11e2 vpaddsw         zmm10, zmm10, zmm28
11e8 vpackuswb       zmm8, zmm8, zmm10
11ee vpermd          zmm8, zmm29, zmm8
11f4 vmovdqu8        [r14+380], zmm8
11fb vcvtdq2ps       zmm12, [rdi+0F00]
1202 vmulps          zmm12, zmm12, zmm16
1208 vcvtps2dq       zmm12, zmm12
120e vcvtdq2ps       zmm13, [rdi+0F40]
1215 vmulps          zmm13, zmm13, zmm17
121b vcvtps2dq       zmm13, zmm13
1221 vcvtdq2ps       zmm14, [rdi+0F80]
1228 vmulps          zmm14, zmm14, zmm16
122e vcvtps2dq       zmm14, zmm14
1234 vcvtdq2ps       zmm15, [rdi+0FC0]
123b vmulps          zmm15, zmm15, zmm17
1241 vcvtps2dq       zmm15, zmm15
1247 vpackssdw       zmm12, zmm12, zmm13
124d vpaddsw         zmm12, zmm12, zmm28
1253 vpackssdw       zmm14, zmm14, zmm15
1259 vpaddsw         zmm14, zmm14, zmm28
125f vpackuswb       zmm12, zmm12, zmm14
1265 vpermd          zmm12, zmm29, zmm12
126b vmovdqu8        [r14+3C0], zmm12
1272 mov             r13, rdi
1275 mov             rdi, r15
1278 cmp             r13, r15
127b jne             near 0000000000000AFD
1281 tilerelease
1286 vzeroupper
1289 pop             r15
128b pop             r14
128d pop             r13
128f pop             r12
1291 pop             rbp
1292 pop             rbx
1293 ret
