0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 vmovdqu32       zmm30, [r10+40]
001f vmovdqu32       zmm29, [r10]
0025 cmp             r11, 3
0029 jge             short 0000000000000047
002b mov             eax, 3
0030 sub             rax, r11
0033 imul            rbx, rax, 10
0037 sub             rsi, rbx
003a imul            rbx, rax, 60
003e sub             rcx, rbx
0041 mov             r11d, 3
0047 mov             rdx, rcx
004a jmp             short 000000000000006E
004c cmp             r11, 3
0050 jge             short 000000000000006E
0052 mov             eax, 3
0057 sub             rax, r11
005a imul            rbx, rax, 10
005e sub             rsi, rbx
0061 imul            rbx, rax, 60
0065 sub             rcx, rbx
0068 mov             r11d, 3
006e vmovdqu32       zmm0, [r9]
0074 vcvtdq2ps       zmm12, zmm12
007a vmovdqa32       zmm4, zmm0
0080 vmulps          zmm12, zmm12, [r9+40]
0087 vmovdqa32       zmm8, zmm0
008d vmovdqu32       zmm1, [r9+0C0]
0094 vcvtps2dq       zmm12, zmm12
009a vmovdqa32       zmm5, zmm1
00a0 vcvtdq2ps       zmm13, zmm13
00a6 vmovdqa32       zmm9, zmm1
00ac vmovdqu32       zmm2, [r9+180]
00b3 vmulps          zmm13, zmm13, [r9+100]
00ba vmovdqa32       zmm6, zmm2
00c0 vcvtps2dq       zmm13, zmm13
00c6 vmovdqa32       zmm10, zmm2
00cc vmovdqu32       zmm3, [r9+240]
00d3 vcvtdq2ps       zmm14, zmm14
00d9 vmovdqa32       zmm7, zmm3
00df vmulps          zmm14, zmm14, [r9+1C0]
00e6 vmovdqa32       zmm11, zmm3
00ec vmovdqu32       zmm24, [r8]
00f2 vcvtps2dq       zmm14, zmm14
00f8 vmovdqu32       zmm25, [r8+100]
00ff vcvtdq2ps       zmm15, zmm15
0105 vmovdqu32       zmm26, [r8+200]
010c vmovdqu32       zmm27, [r8+300]
0113 vmulps          zmm15, zmm15, [r9+280]
011a vpbroadcastd    zmm28, [rsi]
0120 vcvtps2dq       zmm15, zmm15
0126 vpdpbusd        zmm0, zmm28, zmm24
012c vpdpbusd        zmm1, zmm28, zmm25
0132 vpackssdw       zmm12, zmm12, zmm13
0138 vpdpbusd        zmm2, zmm28, zmm26
013e vpdpbusd        zmm3, zmm28, zmm27
0144 vpaddsw         zmm12, zmm12, zmm30
014a vpbroadcastd    zmm28, [rsi+10]
0151 vpackssdw       zmm14, zmm14, zmm15
0157 vpdpbusd        zmm4, zmm28, zmm24
015d vpdpbusd        zmm5, zmm28, zmm25
0163 vpaddsw         zmm14, zmm14, zmm30
0169 vpdpbusd        zmm6, zmm28, zmm26
016f vpackuswb       zmm12, zmm12, zmm14
0175 vpdpbusd        zmm7, zmm28, zmm27
017b vpbroadcastd    zmm28, [rsi+20]
0182 vpermd          zmm12, zmm29, zmm12
0188 vpdpbusd        zmm8, zmm28, zmm24
018e vmovdqu8        [rdx], zmm12
0194 vpdpbusd        zmm9, zmm28, zmm25
019a vpdpbusd        zmm10, zmm28, zmm26
01a0 vcvtdq2ps       zmm16, zmm16
01a6 vpdpbusd        zmm11, zmm28, zmm27
01ac vmulps          zmm16, zmm16, [r9+40]
01b3 vmovdqu32       zmm24, [r8+40]
01ba vmovdqu32       zmm25, [r8+140]
01c1 vcvtps2dq       zmm16, zmm16
01c7 vmovdqu32       zmm26, [r8+240]
01ce vcvtdq2ps       zmm17, zmm17
01d4 vmovdqu32       zmm27, [r8+340]
01db vpbroadcastd    zmm28, [rsi+4]
01e2 vmulps          zmm17, zmm17, [r9+100]
01e9 vpdpbusd        zmm0, zmm28, zmm24
01ef vpdpbusd        zmm1, zmm28, zmm25
01f5 vcvtps2dq       zmm17, zmm17
01fb vpdpbusd        zmm2, zmm28, zmm26
0201 vcvtdq2ps       zmm18, zmm18
0207 vpdpbusd        zmm3, zmm28, zmm27
020d vpbroadcastd    zmm28, [rsi+14]
0214 vmulps          zmm18, zmm18, [r9+1C0]
021b vpdpbusd        zmm4, zmm28, zmm24
0221 vcvtps2dq       zmm18, zmm18
0227 vpdpbusd        zmm5, zmm28, zmm25
022d vpdpbusd        zmm6, zmm28, zmm26
0233 vcvtdq2ps       zmm19, zmm19
0239 vpdpbusd        zmm7, zmm28, zmm27
023f vmulps          zmm19, zmm19, [r9+280]
0246 vpbroadcastd    zmm28, [rsi+24]
024d vpdpbusd        zmm8, zmm28, zmm24
0253 vcvtps2dq       zmm19, zmm19
0259 vpdpbusd        zmm9, zmm28, zmm25
025f vpackssdw       zmm16, zmm16, zmm17
0265 vpdpbusd        zmm10, zmm28, zmm26
026b vpdpbusd        zmm11, zmm28, zmm27
0271 vpaddsw         zmm16, zmm16, zmm30
0277 vmovdqu32       zmm24, [r8+80]
027e vpackssdw       zmm18, zmm18, zmm19
0284 vmovdqu32       zmm25, [r8+180]
028b vmovdqu32       zmm26, [r8+280]
0292 vpaddsw         zmm18, zmm18, zmm30
0298 vmovdqu32       zmm27, [r8+380]
029f vpbroadcastd    zmm28, [rsi+8]
02a6 vpackuswb       zmm16, zmm16, zmm18
02ac vpdpbusd        zmm0, zmm28, zmm24
02b2 vpermd          zmm16, zmm29, zmm16
02b8 vpdpbusd        zmm1, zmm28, zmm25
02be vpdpbusd        zmm2, zmm28, zmm26
02c4 vmovdqu8        [rdx+60], zmm16
02ce vpdpbusd        zmm3, zmm28, zmm27
02d4 vcvtdq2ps       zmm20, zmm20
02da vpbroadcastd    zmm28, [rsi+18]
02e1 vpdpbusd        zmm4, zmm28, zmm24
02e7 vmulps          zmm20, zmm20, [r9+40]
02ee vpdpbusd        zmm5, zmm28, zmm25
02f4 vcvtps2dq       zmm20, zmm20
02fa vpdpbusd        zmm6, zmm28, zmm26
0300 vpdpbusd        zmm7, zmm28, zmm27
0306 vcvtdq2ps       zmm21, zmm21
030c vpbroadcastd    zmm28, [rsi+28]
0313 vmulps          zmm21, zmm21, [r9+100]
031a vpdpbusd        zmm8, zmm28, zmm24
0320 vpdpbusd        zmm9, zmm28, zmm25
0326 vcvtps2dq       zmm21, zmm21
032c vpdpbusd        zmm10, zmm28, zmm26
0332 vcvtdq2ps       zmm22, zmm22
0338 vpdpbusd        zmm11, zmm28, zmm27
033e vmovdqu32       zmm24, [r8+0C0]
0345 vmulps          zmm22, zmm22, [r9+1C0]
034c vmovdqu32       zmm25, [r8+1C0]
0353 vmovdqu32       zmm26, [r8+2C0]
035a vcvtps2dq       zmm22, zmm22
0360 vmovdqu32       zmm27, [r8+3C0]
0367 vcvtdq2ps       zmm23, zmm23
036d vpbroadcastd    zmm28, [rsi+0C]
0374 vpdpbusd        zmm0, zmm28, zmm24
037a vmulps          zmm23, zmm23, [r9+280]
0381 vpdpbusd        zmm1, zmm28, zmm25
0387 vcvtps2dq       zmm23, zmm23
038d vpdpbusd        zmm2, zmm28, zmm26
0393 vpdpbusd        zmm3, zmm28, zmm27
0399 vpackssdw       zmm20, zmm20, zmm21
039f vpbroadcastd    zmm28, [rsi+1C]
03a6 vpaddsw         zmm20, zmm20, zmm30
03ac vpdpbusd        zmm4, zmm28, zmm24
03b2 vpdpbusd        zmm5, zmm28, zmm25
03b8 vpackssdw       zmm22, zmm22, zmm23
03be vpdpbusd        zmm6, zmm28, zmm26
03c4 vpaddsw         zmm22, zmm22, zmm30
03ca vpdpbusd        zmm7, zmm28, zmm27
03d0 vpbroadcastd    zmm28, [rsi+2C]
03d7 vpackuswb       zmm20, zmm20, zmm22
03dd vpdpbusd        zmm8, zmm28, zmm24
03e3 vpermd          zmm20, zmm29, zmm20
03e9 vpdpbusd        zmm9, zmm28, zmm25
03ef vpdpbusd        zmm10, zmm28, zmm26
03f5 vmovdqu8        [rdx+0C0], zmm20
03fc vpdpbusd        zmm11, zmm28, zmm27
0402 mov             rdx, rcx
0405 add             rsi, 30
0409 add             rcx, 120
0410 sub             r11, 3
0414 jg              near 0000000000000586
041a vcvtdq2ps       zmm0, zmm0
0420 vmulps          zmm0, zmm0, [r9+40]
0427 vcvtps2dq       zmm0, zmm0
042d vcvtdq2ps       zmm1, zmm1
0433 vmulps          zmm1, zmm1, [r9+100]
043a vcvtps2dq       zmm1, zmm1
0440 vcvtdq2ps       zmm2, zmm2
0446 vmulps          zmm2, zmm2, [r9+1C0]
044d vcvtps2dq       zmm2, zmm2
0453 vcvtdq2ps       zmm3, zmm3
0459 vmulps          zmm3, zmm3, [r9+280]
0460 vcvtps2dq       zmm3, zmm3
0466 vpackssdw       zmm0, zmm0, zmm1
046c vpaddsw         zmm0, zmm0, zmm30
0472 vpackssdw       zmm2, zmm2, zmm3
0478 vpaddsw         zmm2, zmm2, zmm30
047e vpackuswb       zmm0, zmm0, zmm2
0484 vpermd          zmm0, zmm29, zmm0
048a vmovdqu8        [rdx], zmm0
0490 vcvtdq2ps       zmm4, zmm4
0496 vmulps          zmm4, zmm4, [r9+40]
049d vcvtps2dq       zmm4, zmm4
04a3 vcvtdq2ps       zmm5, zmm5
04a9 vmulps          zmm5, zmm5, [r9+100]
04b0 vcvtps2dq       zmm5, zmm5
04b6 vcvtdq2ps       zmm6, zmm6
04bc vmulps          zmm6, zmm6, [r9+1C0]
04c3 vcvtps2dq       zmm6, zmm6
04c9 vcvtdq2ps       zmm7, zmm7
04cf vmulps          zmm7, zmm7, [r9+280]
04d6 vcvtps2dq       zmm7, zmm7
04dc vpackssdw       zmm4, zmm4, zmm5
04e2 vpaddsw         zmm4, zmm4, zmm30
04e8 vpackssdw       zmm6, zmm6, zmm7
04ee vpaddsw         zmm6, zmm6, zmm30
04f4 vpackuswb       zmm4, zmm4, zmm6
04fa vpermd          zmm4, zmm29, zmm4
0500 vmovdqu8        [rdx+60], zmm4
050a vcvtdq2ps       zmm8, zmm8
0510 vmulps          zmm8, zmm8, [r9+40]
0517 vcvtps2dq       zmm8, zmm8
051d vcvtdq2ps       zmm9, zmm9
0523 vmulps          zmm9, zmm9, [r9+100]
052a vcvtps2dq       zmm9, zmm9
0530 vcvtdq2ps       zmm10, zmm10
0536 vmulps          zmm10, zmm10, [r9+1C0]
053d vcvtps2dq       zmm10, zmm10
0543 vcvtdq2ps       zmm11, zmm11
0549 vmulps          zmm11, zmm11, [r9+280]
0550 vcvtps2dq       zmm11, zmm11
0556 vpackssdw       zmm8, zmm8, zmm9
055c vpaddsw         zmm8, zmm8, zmm30
0562 vpackssdw       zmm10, zmm10, zmm11
0568 vpaddsw         zmm10, zmm10, zmm30
056e vpackuswb       zmm8, zmm8, zmm10
0574 vpermd          zmm8, zmm29, zmm8
057a vmovdqu8        [rdx+0C0], zmm8
0581 jmp             0000000000000ABB
0586 cmp             r11, 3
058a jge             short 00000000000005A8
058c mov             eax, 3
0591 sub             rax, r11
0594 imul            rbx, rax, 10
0598 sub             rsi, rbx
059b imul            rbx, rax, 60
059f sub             rcx, rbx
05a2 mov             r11d, 3
05a8 vmovdqu32       zmm12, [r9]
05ae vcvtdq2ps       zmm0, zmm0
05b4 vmovdqa32       zmm16, zmm12
05ba vmulps          zmm0, zmm0, [r9+40]
05c1 vmovdqa32       zmm20, zmm12
05c7 vmovdqu32       zmm13, [r9+0C0]
05ce vcvtps2dq       zmm0, zmm0
05d4 vmovdqa32       zmm17, zmm13
05da vcvtdq2ps       zmm1, zmm1
05e0 vmovdqa32       zmm21, zmm13
05e6 vmovdqu32       zmm14, [r9+180]
05ed vmulps          zmm1, zmm1, [r9+100]
05f4 vmovdqa32       zmm18, zmm14
05fa vcvtps2dq       zmm1, zmm1
0600 vmovdqa32       zmm22, zmm14
0606 vmovdqu32       zmm15, [r9+240]
060d vcvtdq2ps       zmm2, zmm2
0613 vmovdqa32       zmm19, zmm15
0619 vmulps          zmm2, zmm2, [r9+1C0]
0620 vmovdqa32       zmm23, zmm15
0626 vmovdqu32       zmm24, [r8]
062c vcvtps2dq       zmm2, zmm2
0632 vmovdqu32       zmm25, [r8+100]
0639 vcvtdq2ps       zmm3, zmm3
063f vmovdqu32       zmm26, [r8+200]
0646 vmovdqu32       zmm27, [r8+300]
064d vmulps          zmm3, zmm3, [r9+280]
0654 vpbroadcastd    zmm28, [rsi]
065a vcvtps2dq       zmm3, zmm3
0660 vpdpbusd        zmm12, zmm28, zmm24
0666 vpdpbusd        zmm13, zmm28, zmm25
066c vpackssdw       zmm0, zmm0, zmm1
0672 vpdpbusd        zmm14, zmm28, zmm26
0678 vpdpbusd        zmm15, zmm28, zmm27
067e vpaddsw         zmm0, zmm0, zmm30
0684 vpbroadcastd    zmm28, [rsi+10]
068b vpackssdw       zmm2, zmm2, zmm3
0691 vpdpbusd        zmm16, zmm28, zmm24
0697 vpdpbusd        zmm17, zmm28, zmm25
069d vpaddsw         zmm2, zmm2, zmm30
06a3 vpdpbusd        zmm18, zmm28, zmm26
06a9 vpackuswb       zmm0, zmm0, zmm2
06af vpdpbusd        zmm19, zmm28, zmm27
06b5 vpbroadcastd    zmm28, [rsi+20]
06bc vpermd          zmm0, zmm29, zmm0
06c2 vpdpbusd        zmm20, zmm28, zmm24
06c8 vmovdqu8        [rdx], zmm0
06ce vpdpbusd        zmm21, zmm28, zmm25
06d4 vpdpbusd        zmm22, zmm28, zmm26
06da vcvtdq2ps       zmm4, zmm4
06e0 vpdpbusd        zmm23, zmm28, zmm27
06e6 vmulps          zmm4, zmm4, [r9+40]
06ed vmovdqu32       zmm24, [r8+40]
06f4 vmovdqu32       zmm25, [r8+140]
06fb vcvtps2dq       zmm4, zmm4
0701 vmovdqu32       zmm26, [r8+240]
0708 vcvtdq2ps       zmm5, zmm5
070e vmovdqu32       zmm27, [r8+340]
0715 vpbroadcastd    zmm28, [rsi+4]
071c vmulps          zmm5, zmm5, [r9+100]
0723 vpdpbusd        zmm12, zmm28, zmm24
0729 vpdpbusd        zmm13, zmm28, zmm25
072f vcvtps2dq       zmm5, zmm5
0735 vpdpbusd        zmm14, zmm28, zmm26
073b vcvtdq2ps       zmm6, zmm6
0741 vpdpbusd        zmm15, zmm28, zmm27
0747 vpbroadcastd    zmm28, [rsi+14]
074e vmulps          zmm6, zmm6, [r9+1C0]
0755 vpdpbusd        zmm16, zmm28, zmm24
075b vcvtps2dq       zmm6, zmm6
0761 vpdpbusd        zmm17, zmm28, zmm25
0767 vpdpbusd        zmm18, zmm28, zmm26
076d vcvtdq2ps       zmm7, zmm7
0773 vpdpbusd        zmm19, zmm28, zmm27
0779 vmulps          zmm7, zmm7, [r9+280]
0780 vpbroadcastd    zmm28, [rsi+24]
0787 vpdpbusd        zmm20, zmm28, zmm24
078d vcvtps2dq       zmm7, zmm7
0793 vpdpbusd        zmm21, zmm28, zmm25
0799 vpackssdw       zmm4, zmm4, zmm5
079f vpdpbusd        zmm22, zmm28, zmm26
07a5 vpdpbusd        zmm23, zmm28, zmm27
07ab vpaddsw         zmm4, zmm4, zmm30
07b1 vmovdqu32       zmm24, [r8+80]
07b8 vpackssdw       zmm6, zmm6, zmm7
07be vmovdqu32       zmm25, [r8+180]
07c5 vmovdqu32       zmm26, [r8+280]
07cc vpaddsw         zmm6, zmm6, zmm30
07d2 vmovdqu32       zmm27, [r8+380]
07d9 vpbroadcastd    zmm28, [rsi+8]
07e0 vpackuswb       zmm4, zmm4, zmm6
07e6 vpdpbusd        zmm12, zmm28, zmm24
07ec vpermd          zmm4, zmm29, zmm4
07f2 vpdpbusd        zmm13, zmm28, zmm25
07f8 vpdpbusd        zmm14, zmm28, zmm26
07fe vmovdqu8        [rdx+60], zmm4
0808 vpdpbusd        zmm15, zmm28, zmm27
080e vcvtdq2ps       zmm8, zmm8
0814 vpbroadcastd    zmm28, [rsi+18]
081b vpdpbusd        zmm16, zmm28, zmm24
0821 vmulps          zmm8, zmm8, [r9+40]
0828 vpdpbusd        zmm17, zmm28, zmm25
082e vcvtps2dq       zmm8, zmm8
0834 vpdpbusd        zmm18, zmm28, zmm26
083a vpdpbusd        zmm19, zmm28, zmm27
0840 vcvtdq2ps       zmm9, zmm9
0846 vpbroadcastd    zmm28, [rsi+28]
084d vmulps          zmm9, zmm9, [r9+100]
0854 vpdpbusd        zmm20, zmm28, zmm24
085a vpdpbusd        zmm21, zmm28, zmm25
0860 vcvtps2dq       zmm9, zmm9
0866 vpdpbusd        zmm22, zmm28, zmm26
086c vcvtdq2ps       zmm10, zmm10
0872 vpdpbusd        zmm23, zmm28, zmm27
0878 vmovdqu32       zmm24, [r8+0C0]
087f vmulps          zmm10, zmm10, [r9+1C0]
0886 vmovdqu32       zmm25, [r8+1C0]
088d vmovdqu32       zmm26, [r8+2C0]
0894 vcvtps2dq       zmm10, zmm10
089a vmovdqu32       zmm27, [r8+3C0]
08a1 vcvtdq2ps       zmm11, zmm11
08a7 vpbroadcastd    zmm28, [rsi+0C]
08ae vpdpbusd        zmm12, zmm28, zmm24
08b4 vmulps          zmm11, zmm11, [r9+280]
08bb vpdpbusd        zmm13, zmm28, zmm25
08c1 vcvtps2dq       zmm11, zmm11
08c7 vpdpbusd        zmm14, zmm28, zmm26
08cd vpdpbusd        zmm15, zmm28, zmm27
08d3 vpackssdw       zmm8, zmm8, zmm9
08d9 vpbroadcastd    zmm28, [rsi+1C]
08e0 vpaddsw         zmm8, zmm8, zmm30
08e6 vpdpbusd        zmm16, zmm28, zmm24
08ec vpdpbusd        zmm17, zmm28, zmm25
08f2 vpackssdw       zmm10, zmm10, zmm11
08f8 vpdpbusd        zmm18, zmm28, zmm26
08fe vpaddsw         zmm10, zmm10, zmm30
0904 vpdpbusd        zmm19, zmm28, zmm27
090a vpbroadcastd    zmm28, [rsi+2C]
0911 vpackuswb       zmm8, zmm8, zmm10
0917 vpdpbusd        zmm20, zmm28, zmm24
091d vpermd          zmm8, zmm29, zmm8
0923 vpdpbusd        zmm21, zmm28, zmm25
0929 vpdpbusd        zmm22, zmm28, zmm26
092f vmovdqu8        [rdx+0C0], zmm8
0936 vpdpbusd        zmm23, zmm28, zmm27
093c mov             rdx, rcx
093f add             rsi, 30
0943 add             rcx, 120
094a sub             r11, 3
094e jg              near 000000000000004C
0954 vcvtdq2ps       zmm12, zmm12
095a vmulps          zmm12, zmm12, [r9+40]
0961 vcvtps2dq       zmm12, zmm12
0967 vcvtdq2ps       zmm13, zmm13
096d vmulps          zmm13, zmm13, [r9+100]
0974 vcvtps2dq       zmm13, zmm13
097a vcvtdq2ps       zmm14, zmm14
0980 vmulps          zmm14, zmm14, [r9+1C0]
0987 vcvtps2dq       zmm14, zmm14
098d vcvtdq2ps       zmm15, zmm15
0993 vmulps          zmm15, zmm15, [r9+280]
099a vcvtps2dq       zmm15, zmm15
09a0 vpackssdw       zmm12, zmm12, zmm13
09a6 vpaddsw         zmm12, zmm12, zmm30
09ac vpackssdw       zmm14, zmm14, zmm15
09b2 vpaddsw         zmm14, zmm14, zmm30
09b8 vpackuswb       zmm12, zmm12, zmm14
09be vpermd          zmm12, zmm29, zmm12
09c4 vmovdqu8        [rdx], zmm12
09ca vcvtdq2ps       zmm16, zmm16
09d0 vmulps          zmm16, zmm16, [r9+40]
09d7 vcvtps2dq       zmm16, zmm16
09dd vcvtdq2ps       zmm17, zmm17
09e3 vmulps          zmm17, zmm17, [r9+100]
09ea vcvtps2dq       zmm17, zmm17
09f0 vcvtdq2ps       zmm18, zmm18
09f6 vmulps          zmm18, zmm18, [r9+1C0]
09fd vcvtps2dq       zmm18, zmm18
0a03 vcvtdq2ps       zmm19, zmm19
0a09 vmulps          zmm19, zmm19, [r9+280]
0a10 vcvtps2dq       zmm19, zmm19
0a16 vpackssdw       zmm16, zmm16, zmm17
0a1c vpaddsw         zmm16, zmm16, zmm30
0a22 vpackssdw       zmm18, zmm18, zmm19
0a28 vpaddsw         zmm18, zmm18, zmm30
0a2e vpackuswb       zmm16, zmm16, zmm18
0a34 vpermd          zmm16, zmm29, zmm16
0a3a vmovdqu8        [rdx+60], zmm16
0a44 vcvtdq2ps       zmm20, zmm20
0a4a vmulps          zmm20, zmm20, [r9+40]
0a51 vcvtps2dq       zmm20, zmm20
0a57 vcvtdq2ps       zmm21, zmm21
0a5d vmulps          zmm21, zmm21, [r9+100]
0a64 vcvtps2dq       zmm21, zmm21
0a6a vcvtdq2ps       zmm22, zmm22
0a70 vmulps          zmm22, zmm22, [r9+1C0]
0a77 vcvtps2dq       zmm22, zmm22
0a7d vcvtdq2ps       zmm23, zmm23
0a83 vmulps          zmm23, zmm23, [r9+280]
0a8a vcvtps2dq       zmm23, zmm23
0a90 vpackssdw       zmm20, zmm20, zmm21
0a96 vpaddsw         zmm20, zmm20, zmm30
0a9c vpackssdw       zmm22, zmm22, zmm23
0aa2 vpaddsw         zmm22, zmm22, zmm30
0aa8 vpackuswb       zmm20, zmm20, zmm22
0aae vpermd          zmm20, zmm29, zmm20
0ab4 vmovdqu8        [rdx+0C0], zmm20
0abb vzeroupper
0abe pop             rbx
0abf ret
