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
0025 mov             r13, 0F
002f kmovq           k1, r13
0034 mov             eax, 48
0039 mov             edx, 40
003e mov             ebx, 50
0043 ldtilecfg       [rip+1B4]
004c cmp             r11, 10
0050 jge             short 000000000000006F
0052 mov             r13d, 10
0058 sub             r13, r11
005b imul            r14, r13, 48
005f sub             rsi, r14
0062 imul            r14, r13, 50
0066 sub             rcx, r14
0069 mov             r11d, 10
006f tileloadd       tmm0, [r9]
0075 tileloadd       tmm1, [r9+0C0]
007f tileloadd       tmm4, [rsi+rax]
0085 tileloadd       tmm5, [r8+rdx]
008b tdpbusd         tmm0, tmm4, tmm5
0090 tileloadd       tmm5, [r8+rdx+480]
009a tdpbusd         tmm1, tmm4, tmm5
009f tileloadd       tmm6, [rsi+rax+40]
00a6 tileloadd       tmm7, [r8+rdx+400]
00b0 tdpbusd         tmm0, tmm6, tmm7
00b5 tileloadd       tmm7, [r8+rdx+880]
00bf tdpbusd         tmm1, tmm6, tmm7
00c4 tilestored      [rcx+rbx], tmm0
00ca tilestored      [rbp+rdx], tmm1
00d1 vmovdqu32       zmm0, [rbp]
00d8 vmovdqu32       [rcx+40]{k1}, zmm0
00df vmovdqu32       zmm0, [rbp+40]
00e6 vmovdqu32       [rcx+90]{k1}, zmm0
00f0 vmovdqu32       zmm0, [rbp+80]
00f7 vmovdqu32       [rcx+0E0]{k1}, zmm0
0101 vmovdqu32       zmm0, [rbp+0C0]
0108 vmovdqu32       [rcx+130]{k1}, zmm0
0112 vmovdqu32       zmm0, [rbp+100]
0119 vmovdqu32       [rcx+180]{k1}, zmm0
0120 vmovdqu32       zmm0, [rbp+140]
0127 vmovdqu32       [rcx+1D0]{k1}, zmm0
0131 vmovdqu32       zmm0, [rbp+180]
0138 vmovdqu32       [rcx+220]{k1}, zmm0
0142 vmovdqu32       zmm0, [rbp+1C0]
0149 vmovdqu32       [rcx+270]{k1}, zmm0
0153 vmovdqu32       zmm0, [rbp+200]
015a vmovdqu32       [rcx+2C0]{k1}, zmm0
0161 vmovdqu32       zmm0, [rbp+240]
0168 vmovdqu32       [rcx+310]{k1}, zmm0
0172 vmovdqu32       zmm0, [rbp+280]
0179 vmovdqu32       [rcx+360]{k1}, zmm0
0183 vmovdqu32       zmm0, [rbp+2C0]
018a vmovdqu32       [rcx+3B0]{k1}, zmm0
0194 vmovdqu32       zmm0, [rbp+300]
019b vmovdqu32       [rcx+400]{k1}, zmm0
01a2 vmovdqu32       zmm0, [rbp+340]
01a9 vmovdqu32       [rcx+450]{k1}, zmm0
01b3 vmovdqu32       zmm0, [rbp+380]
01ba vmovdqu32       [rcx+4A0]{k1}, zmm0
01c4 vmovdqu32       zmm0, [rbp+3C0]
01cb vmovdqu32       [rcx+4F0]{k1}, zmm0
01d5 add             rsi, 480
01dc add             rcx, 500
01e3 sub             r11, 10
01e7 jg              near 000000000000004C
01ed tilerelease
01f2 vzeroupper
01f5 pop             r15
01f7 pop             r14
01f9 pop             r13
01fb pop             r12
01fd pop             rbp
01fe pop             rbx
01ff ret
