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
0043 ldtilecfg       [rip+30E]
004c cmp             r11, 20
0050 jge             short 000000000000006F
0052 mov             r13d, 20
0058 sub             r13, r11
005b imul            r14, r13, 48
005f sub             rsi, r14
0062 imul            r14, r13, 50
0066 sub             rcx, r14
0069 mov             r11d, 20
006f tileloadd       tmm0, [r9]
0075 tileloadd       tmm1, [r9+0C0]
007f tileloadd       tmm2, [r9]
0085 tileloadd       tmm3, [r9+0C0]
008f tileloadd       tmm5, [r8+rdx]
0095 tileloadd       tmm4, [rsi+rax]
009b tdpbusd         tmm0, tmm4, tmm5
00a0 tileloadd       tmm4, [rsi+rax+480]
00aa tdpbusd         tmm2, tmm4, tmm5
00af tileloadd       tmm5, [r8+rdx+480]
00b9 tdpbusd         tmm3, tmm4, tmm5
00be tileloadd       tmm4, [rsi+rax]
00c4 tdpbusd         tmm1, tmm4, tmm5
00c9 tileloadd       tmm7, [r8+rdx+400]
00d3 tileloadd       tmm6, [rsi+rax+40]
00da tdpbusd         tmm0, tmm6, tmm7
00df tileloadd       tmm6, [rsi+rax+4C0]
00e9 tdpbusd         tmm2, tmm6, tmm7
00ee tileloadd       tmm7, [r8+rdx+880]
00f8 tdpbusd         tmm3, tmm6, tmm7
00fd tileloadd       tmm6, [rsi+rax+40]
0104 tdpbusd         tmm1, tmm6, tmm7
0109 tilestored      [rcx+rbx], tmm0
010f tilestored      [rbp+rdx], tmm1
0116 vmovdqu32       zmm0, [rbp]
011d vmovdqu32       [rcx+40]{k1}, zmm0
0124 vmovdqu32       zmm0, [rbp+40]
012b vmovdqu32       [rcx+90]{k1}, zmm0
0135 vmovdqu32       zmm0, [rbp+80]
013c vmovdqu32       [rcx+0E0]{k1}, zmm0
0146 vmovdqu32       zmm0, [rbp+0C0]
014d vmovdqu32       [rcx+130]{k1}, zmm0
0157 vmovdqu32       zmm0, [rbp+100]
015e vmovdqu32       [rcx+180]{k1}, zmm0
0165 vmovdqu32       zmm0, [rbp+140]
016c vmovdqu32       [rcx+1D0]{k1}, zmm0
0176 vmovdqu32       zmm0, [rbp+180]
017d vmovdqu32       [rcx+220]{k1}, zmm0
0187 vmovdqu32       zmm0, [rbp+1C0]
018e vmovdqu32       [rcx+270]{k1}, zmm0
0198 vmovdqu32       zmm0, [rbp+200]
019f vmovdqu32       [rcx+2C0]{k1}, zmm0
01a6 vmovdqu32       zmm0, [rbp+240]
01ad vmovdqu32       [rcx+310]{k1}, zmm0
01b7 vmovdqu32       zmm0, [rbp+280]
01be vmovdqu32       [rcx+360]{k1}, zmm0
01c8 vmovdqu32       zmm0, [rbp+2C0]
01cf vmovdqu32       [rcx+3B0]{k1}, zmm0
01d9 vmovdqu32       zmm0, [rbp+300]
01e0 vmovdqu32       [rcx+400]{k1}, zmm0
01e7 vmovdqu32       zmm0, [rbp+340]
01ee vmovdqu32       [rcx+450]{k1}, zmm0
01f8 vmovdqu32       zmm0, [rbp+380]
01ff vmovdqu32       [rcx+4A0]{k1}, zmm0
0209 vmovdqu32       zmm0, [rbp+3C0]
0210 vmovdqu32       [rcx+4F0]{k1}, zmm0
021a tilestored      [rcx+rbx+500], tmm2
0224 tilestored      [rbp+rdx], tmm3
022b vmovdqu32       zmm0, [rbp]
0232 vmovdqu32       [rcx+540]{k1}, zmm0
0239 vmovdqu32       zmm0, [rbp+40]
0240 vmovdqu32       [rcx+590]{k1}, zmm0
024a vmovdqu32       zmm0, [rbp+80]
0251 vmovdqu32       [rcx+5E0]{k1}, zmm0
025b vmovdqu32       zmm0, [rbp+0C0]
0262 vmovdqu32       [rcx+630]{k1}, zmm0
026c vmovdqu32       zmm0, [rbp+100]
0273 vmovdqu32       [rcx+680]{k1}, zmm0
027a vmovdqu32       zmm0, [rbp+140]
0281 vmovdqu32       [rcx+6D0]{k1}, zmm0
028b vmovdqu32       zmm0, [rbp+180]
0292 vmovdqu32       [rcx+720]{k1}, zmm0
029c vmovdqu32       zmm0, [rbp+1C0]
02a3 vmovdqu32       [rcx+770]{k1}, zmm0
02ad vmovdqu32       zmm0, [rbp+200]
02b4 vmovdqu32       [rcx+7C0]{k1}, zmm0
02bb vmovdqu32       zmm0, [rbp+240]
02c2 vmovdqu32       [rcx+810]{k1}, zmm0
02cc vmovdqu32       zmm0, [rbp+280]
02d3 vmovdqu32       [rcx+860]{k1}, zmm0
02dd vmovdqu32       zmm0, [rbp+2C0]
02e4 vmovdqu32       [rcx+8B0]{k1}, zmm0
02ee vmovdqu32       zmm0, [rbp+300]
02f5 vmovdqu32       [rcx+900]{k1}, zmm0
02fc vmovdqu32       zmm0, [rbp+340]
0303 vmovdqu32       [rcx+950]{k1}, zmm0
030d vmovdqu32       zmm0, [rbp+380]
0314 vmovdqu32       [rcx+9A0]{k1}, zmm0
031e vmovdqu32       zmm0, [rbp+3C0]
0325 vmovdqu32       [rcx+9F0]{k1}, zmm0
032f add             rsi, 900
0336 add             rcx, 0A00
033d sub             r11, 20
0341 jg              near 000000000000004C
0347 tilerelease
034c vzeroupper
034f pop             r15
0351 pop             r14
0353 pop             r13
0355 pop             r12
0357 pop             rbp
0358 pop             rbx
0359 ret
