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
001d mov             r12, [rdi+28]
0021 mov             r11d, 38
0027 mov             rbp, [rdi+40]
002b mov             r13, 0F
0035 kmovq           k1, r13
003a mov             eax, 48
003f mov             edx, 40
0044 mov             ebx, 50
0049 ldtilecfg       [rip+31D]
0052 cmp             r11, 20
0056 jge             short 0000000000000075
0058 mov             r13d, 20
005e sub             r13, r11
0061 imul            r14, r13, 48
0065 sub             rsi, r14
0068 imul            r14, r13, 50
006c sub             rcx, r14
006f mov             r11d, 20
0075 tileloadd       tmm0, [r9]
007b tileloadd       tmm1, [r9+0C0]
0085 tileloadd       tmm2, [r9]
008b tileloadd       tmm3, [r9+0C0]
0095 tileloadd       tmm5, [r8+rdx]
009b tileloadd       tmm4, [rsi+rax]
00a1 tdpbusd         tmm0, tmm4, tmm5
00a6 tileloadd       tmm4, [rsi+rax+480]
00b0 tdpbusd         tmm2, tmm4, tmm5
00b5 tileloadd       tmm5, [r8+rdx+480]
00bf tdpbusd         tmm3, tmm4, tmm5
00c4 tileloadd       tmm4, [rsi+rax]
00ca tdpbusd         tmm1, tmm4, tmm5
00cf tileloadd       tmm7, [r8+rdx+400]
00d9 tileloadd       tmm6, [rsi+rax+40]
00e0 tdpbusd         tmm0, tmm6, tmm7
00e5 tileloadd       tmm6, [rsi+rax+4C0]
00ef tdpbusd         tmm2, tmm6, tmm7
00f4 tileloadd       tmm7, [r8+rdx+880]
00fe tdpbusd         tmm3, tmm6, tmm7
0103 tileloadd       tmm6, [rsi+rax+40]
010a tdpbusd         tmm1, tmm6, tmm7
010f tilestored      [rcx+rbx], tmm0
0115 tilestored      [rbp+rdx], tmm1
011c vmovdqu32       zmm0, [rbp]
0123 vmovdqu32       [rcx+40]{k1}, zmm0
012a vmovdqu32       zmm0, [rbp+40]
0131 vmovdqu32       [rcx+90]{k1}, zmm0
013b vmovdqu32       zmm0, [rbp+80]
0142 vmovdqu32       [rcx+0E0]{k1}, zmm0
014c vmovdqu32       zmm0, [rbp+0C0]
0153 vmovdqu32       [rcx+130]{k1}, zmm0
015d vmovdqu32       zmm0, [rbp+100]
0164 vmovdqu32       [rcx+180]{k1}, zmm0
016b vmovdqu32       zmm0, [rbp+140]
0172 vmovdqu32       [rcx+1D0]{k1}, zmm0
017c vmovdqu32       zmm0, [rbp+180]
0183 vmovdqu32       [rcx+220]{k1}, zmm0
018d vmovdqu32       zmm0, [rbp+1C0]
0194 vmovdqu32       [rcx+270]{k1}, zmm0
019e vmovdqu32       zmm0, [rbp+200]
01a5 vmovdqu32       [rcx+2C0]{k1}, zmm0
01ac vmovdqu32       zmm0, [rbp+240]
01b3 vmovdqu32       [rcx+310]{k1}, zmm0
01bd vmovdqu32       zmm0, [rbp+280]
01c4 vmovdqu32       [rcx+360]{k1}, zmm0
01ce vmovdqu32       zmm0, [rbp+2C0]
01d5 vmovdqu32       [rcx+3B0]{k1}, zmm0
01df vmovdqu32       zmm0, [rbp+300]
01e6 vmovdqu32       [rcx+400]{k1}, zmm0
01ed vmovdqu32       zmm0, [rbp+340]
01f4 vmovdqu32       [rcx+450]{k1}, zmm0
01fe vmovdqu32       zmm0, [rbp+380]
0205 vmovdqu32       [rcx+4A0]{k1}, zmm0
020f vmovdqu32       zmm0, [rbp+3C0]
0216 vmovdqu32       [rcx+4F0]{k1}, zmm0
0220 tilestored      [rcx+rbx+500], tmm2
022a tilestored      [rbp+rdx], tmm3
0231 vmovdqu32       zmm0, [rbp]
0238 vmovdqu32       [rcx+540]{k1}, zmm0
023f vmovdqu32       zmm0, [rbp+40]
0246 vmovdqu32       [rcx+590]{k1}, zmm0
0250 vmovdqu32       zmm0, [rbp+80]
0257 vmovdqu32       [rcx+5E0]{k1}, zmm0
0261 vmovdqu32       zmm0, [rbp+0C0]
0268 vmovdqu32       [rcx+630]{k1}, zmm0
0272 vmovdqu32       zmm0, [rbp+100]
0279 vmovdqu32       [rcx+680]{k1}, zmm0
0280 vmovdqu32       zmm0, [rbp+140]
0287 vmovdqu32       [rcx+6D0]{k1}, zmm0
0291 vmovdqu32       zmm0, [rbp+180]
0298 vmovdqu32       [rcx+720]{k1}, zmm0
02a2 vmovdqu32       zmm0, [rbp+1C0]
02a9 vmovdqu32       [rcx+770]{k1}, zmm0
02b3 vmovdqu32       zmm0, [rbp+200]
02ba vmovdqu32       [rcx+7C0]{k1}, zmm0
02c1 vmovdqu32       zmm0, [rbp+240]
02c8 vmovdqu32       [rcx+810]{k1}, zmm0
02d2 vmovdqu32       zmm0, [rbp+280]
02d9 vmovdqu32       [rcx+860]{k1}, zmm0
02e3 vmovdqu32       zmm0, [rbp+2C0]
02ea vmovdqu32       [rcx+8B0]{k1}, zmm0
02f4 vmovdqu32       zmm0, [rbp+300]
02fb vmovdqu32       [rcx+900]{k1}, zmm0
0302 vmovdqu32       zmm0, [rbp+340]
0309 vmovdqu32       [rcx+950]{k1}, zmm0
0313 vmovdqu32       zmm0, [rbp+380]
031a vmovdqu32       [rcx+9A0]{k1}, zmm0
0324 vmovdqu32       zmm0, [rbp+3C0]
032b vmovdqu32       [rcx+9F0]{k1}, zmm0
0335 add             rsi, 900
033c add             rcx, 0A00
0343 sub             r11, 20
0347 jg              short 0000000000000356
0349 add             rsi, 0
034d mov             r11d, 38
0353 dec             r12
0356 jg              near 0000000000000052
035c tilerelease
0361 vzeroupper
0364 pop             r15
0366 pop             r14
0368 pop             r13
036a pop             r12
036c pop             rbp
036d pop             rbx
036e ret
