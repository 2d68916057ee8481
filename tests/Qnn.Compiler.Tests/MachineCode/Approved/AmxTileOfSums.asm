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
001e mov             r12, [rdi+28]
0022 mov             r11d, 38
0028 mov             rbp, [rdi+40]
002c mov             r13, 0F
0036 kmovq           k1, r13
003b mov             eax, 48
0040 mov             edx, 40
0045 mov             ebx, 50
004a ldtilecfg       [rip+33A]
0053 lea             rdi, [r8+900]
005a cmp             r11, 20
005e jge             short 000000000000007D
0060 mov             r13d, 20
0066 sub             r13, r11
0069 imul            r14, r13, 48
006d sub             rsi, r14
0070 imul            r14, r13, 50
0074 sub             rcx, r14
0077 mov             r11d, 20
007d tileloadd       tmm0, [r9]
0083 tileloadd       tmm1, [r9+0C0]
008d tileloadd       tmm2, [r9]
0093 tileloadd       tmm3, [r9+0C0]
009d tileloadd       tmm5, [r8+rdx]
00a3 tileloadd       tmm4, [rsi+rax]
00a9 tdpbusd         tmm0, tmm4, tmm5
00ae tileloadd       tmm4, [rsi+rax+480]
00b8 tdpbusd         tmm2, tmm4, tmm5
00bd tileloadd       tmm5, [r8+rdx+480]
00c7 tdpbusd         tmm3, tmm4, tmm5
00cc tileloadd       tmm4, [rsi+rax]
00d2 tdpbusd         tmm1, tmm4, tmm5
00d7 prefetcht1      [rdi]
00da prefetcht1      [rdi+40]
00de prefetcht1      [rdi+80]
00e5 add             rdi, 0C0
00ec tileloadd       tmm7, [r8+rdx+400]
00f6 tileloadd       tmm6, [rsi+rax+40]
00fd tdpbusd         tmm0, tmm6, tmm7
0102 tileloadd       tmm6, [rsi+rax+4C0]
010c tdpbusd         tmm2, tmm6, tmm7
0111 tileloadd       tmm7, [r8+rdx+880]
011b tdpbusd         tmm3, tmm6, tmm7
0120 tileloadd       tmm6, [rsi+rax+40]
0127 tdpbusd         tmm1, tmm6, tmm7
012c tilestored      [rcx+rbx], tmm0
0132 tilestored      [rbp+rdx], tmm1
0139 vmovdqu32       zmm0, [rbp]
0140 vmovdqu32       [rcx+40]{k1}, zmm0
0147 vmovdqu32       zmm0, [rbp+40]
014e vmovdqu32       [rcx+90]{k1}, zmm0
0158 vmovdqu32       zmm0, [rbp+80]
015f vmovdqu32       [rcx+0E0]{k1}, zmm0
0169 vmovdqu32       zmm0, [rbp+0C0]
0170 vmovdqu32       [rcx+130]{k1}, zmm0
017a vmovdqu32       zmm0, [rbp+100]
0181 vmovdqu32       [rcx+180]{k1}, zmm0
0188 vmovdqu32       zmm0, [rbp+140]
018f vmovdqu32       [rcx+1D0]{k1}, zmm0
0199 vmovdqu32       zmm0, [rbp+180]
01a0 vmovdqu32       [rcx+220]{k1}, zmm0
01aa vmovdqu32       zmm0, [rbp+1C0]
01b1 vmovdqu32       [rcx+270]{k1}, zmm0
01bb vmovdqu32       zmm0, [rbp+200]
01c2 vmovdqu32       [rcx+2C0]{k1}, zmm0
01c9 vmovdqu32       zmm0, [rbp+240]
01d0 vmovdqu32       [rcx+310]{k1}, zmm0
01da vmovdqu32       zmm0, [rbp+280]
01e1 vmovdqu32       [rcx+360]{k1}, zmm0
01eb vmovdqu32       zmm0, [rbp+2C0]
01f2 vmovdqu32       [rcx+3B0]{k1}, zmm0
01fc vmovdqu32       zmm0, [rbp+300]
0203 vmovdqu32       [rcx+400]{k1}, zmm0
020a vmovdqu32       zmm0, [rbp+340]
0211 vmovdqu32       [rcx+450]{k1}, zmm0
021b vmovdqu32       zmm0, [rbp+380]
0222 vmovdqu32       [rcx+4A0]{k1}, zmm0
022c vmovdqu32       zmm0, [rbp+3C0]
0233 vmovdqu32       [rcx+4F0]{k1}, zmm0
023d tilestored      [rcx+rbx+500], tmm2
0247 tilestored      [rbp+rdx], tmm3
024e vmovdqu32       zmm0, [rbp]
0255 vmovdqu32       [rcx+540]{k1}, zmm0
025c vmovdqu32       zmm0, [rbp+40]
0263 vmovdqu32       [rcx+590]{k1}, zmm0
026d vmovdqu32       zmm0, [rbp+80]
0274 vmovdqu32       [rcx+5E0]{k1}, zmm0
027e vmovdqu32       zmm0, [rbp+0C0]
0285 vmovdqu32       [rcx+630]{k1}, zmm0
028f vmovdqu32       zmm0, [rbp+100]
0296 vmovdqu32       [rcx+680]{k1}, zmm0
029d vmovdqu32       zmm0, [rbp+140]
02a4 vmovdqu32       [rcx+6D0]{k1}, zmm0
02ae vmovdqu32       zmm0, [rbp+180]
02b5 vmovdqu32       [rcx+720]{k1}, zmm0
02bf vmovdqu32       zmm0, [rbp+1C0]
02c6 vmovdqu32       [rcx+770]{k1}, zmm0
02d0 vmovdqu32       zmm0, [rbp+200]
02d7 vmovdqu32       [rcx+7C0]{k1}, zmm0
02de vmovdqu32       zmm0, [rbp+240]
02e5 vmovdqu32       [rcx+810]{k1}, zmm0
02ef vmovdqu32       zmm0, [rbp+280]
02f6 vmovdqu32       [rcx+860]{k1}, zmm0
0300 vmovdqu32       zmm0, [rbp+2C0]
0307 vmovdqu32       [rcx+8B0]{k1}, zmm0
0311 vmovdqu32       zmm0, [rbp+300]
0318 vmovdqu32       [rcx+900]{k1}, zmm0
031f vmovdqu32       zmm0, [rbp+340]
0326 vmovdqu32       [rcx+950]{k1}, zmm0
0330 vmovdqu32       zmm0, [rbp+380]
0337 vmovdqu32       [rcx+9A0]{k1}, zmm0
0341 vmovdqu32       zmm0, [rbp+3C0]
0348 vmovdqu32       [rcx+9F0]{k1}, zmm0
0352 add             rsi, 900
0359 add             rcx, 0A00
0360 sub             r11, 20
0364 jg              short 0000000000000373
0366 add             rsi, 0
036a mov             r11d, 38
0370 dec             r12
0373 jg              near 000000000000005A
0379 tilerelease
037e vzeroupper
0381 pop             rdi
0382 pop             r15
0384 pop             r14
0386 pop             r13
0388 pop             r12
038a pop             rbp
038b pop             rbx
038c ret
