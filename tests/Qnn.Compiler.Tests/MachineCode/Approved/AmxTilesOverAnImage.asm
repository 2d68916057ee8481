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
003a mov             eax, 40
003f mov             edx, 40
0044 mov             ebx, 40
0049 ldtilecfg       [rip+2E8]
0052 cmp             r11, 3
0056 jge             short 0000000000000078
0058 mov             r13d, 3
005e sub             r13, r11
0061 imul            r14, r13, 200
0068 sub             rsi, r14
006b imul            r14, r13, 50
006f sub             rcx, r14
0072 mov             r11d, 3
0078 tileloadd       tmm0, [r9]
007e tileloadd       tmm1, [r9]
0084 tileloadd       tmm5, [r8+rdx]
008a tileloadd       tmm4, [rsi+rax]
0090 tdpbusd         tmm0, tmm4, tmm5
0095 tileloadd       tmm4, [rsi+rax+280]
009f tdpbusd         tmm1, tmm4, tmm5
00a4 tileloadd       tmm5, [r8+rdx+400]
00ae tileloadd       tmm4, [rsi+rax+40]
00b5 tdpbusd         tmm0, tmm4, tmm5
00ba tileloadd       tmm4, [rsi+rax+2C0]
00c4 tdpbusd         tmm1, tmm4, tmm5
00c9 tileloadd       tmm5, [r8+rdx+800]
00d3 tileloadd       tmm4, [rsi+rax+200]
00dd tdpbusd         tmm0, tmm4, tmm5
00e2 tileloadd       tmm4, [rsi+rax+480]
00ec tdpbusd         tmm1, tmm4, tmm5
00f1 tileloadd       tmm5, [r8+rdx+0C00]
00fb tileloadd       tmm4, [rsi+rax+240]
0105 tdpbusd         tmm0, tmm4, tmm5
010a tileloadd       tmm4, [rsi+rax+4C0]
0114 tdpbusd         tmm1, tmm4, tmm5
0119 tilestored      [rbp+rbx], tmm0
0120 tilestored      [rbp+rbx+280], tmm1
012a vcvtdq2ps       zmm0, [rbp]
0131 vmulps          zmm0, zmm0, zmm16
0137 vcvtps2dq       zmm0, zmm0
013d vcvtdq2ps       zmm1, [rbp+40]
0144 vmulps          zmm1, zmm1, zmm16
014a vcvtps2dq       zmm1, zmm1
0150 vcvtdq2ps       zmm2, [rbp+80]
0157 vmulps          zmm2, zmm2, zmm16
015d vcvtps2dq       zmm2, zmm2
0163 vcvtdq2ps       zmm3, [rbp+0C0]
016a vmulps          zmm3, zmm3, zmm16
0170 vcvtps2dq       zmm3, zmm3
0176 vpackssdw       zmm0, zmm0, zmm1
017c vpaddsw         zmm0, zmm0, zmm28
0182 vpackssdw       zmm2, zmm2, zmm3
0188 vpaddsw         zmm2, zmm2, zmm28
018e vpackuswb       zmm0, zmm0, zmm2
0194 vpermd          zmm0, zmm29, zmm0
019a vmovdqu8        [rcx], zmm0
01a0 vcvtdq2ps       zmm4, [rbp+100]
01a7 vmulps          zmm4, zmm4, zmm16
01ad vcvtps2dq       zmm4, zmm4
01b3 vpackssdw       zmm4, zmm4, zmm4
01b9 vpaddsw         zmm4, zmm4, zmm28
01bf vpackuswb       zmm4, zmm4, zmm4
01c5 vpermd          zmm4, zmm29, zmm4
01cb vmovdqu8        [rcx+40], xmm4
01d2 vcvtdq2ps       zmm8, [rbp+200]
01d9 vmulps          zmm8, zmm8, zmm16
01df vcvtps2dq       zmm8, zmm8
01e5 vcvtdq2ps       zmm9, [rbp+240]
01ec vmulps          zmm9, zmm9, zmm16
01f2 vcvtps2dq       zmm9, zmm9
01f8 vpackssdw       zmm8, zmm8, zmm9
01fe vpaddsw         zmm8, zmm8, zmm28
0204 vpackuswb       zmm8, zmm8, zmm8
020a vpermd          zmm8, zmm29, zmm8
0210 vmovdqu8        [rcx+50], ymm8
021a vcvtdq2ps       zmm10, [rbp+280]
0221 vmulps          zmm10, zmm10, zmm16
0227 vcvtps2dq       zmm10, zmm10
022d vcvtdq2ps       zmm11, [rbp+2C0]
0234 vmulps          zmm11, zmm11, zmm16
023a vcvtps2dq       zmm11, zmm11
0240 vpackssdw       zmm10, zmm10, zmm11
0246 vpaddsw         zmm10, zmm10, zmm28
024c vpackuswb       zmm10, zmm10, zmm10
0252 vpermd          zmm10, zmm29, zmm10
0258 vmovdqu8        [rcx+70], ymm10
0262 vcvtdq2ps       zmm12, [rbp+300]
0269 vmulps          zmm12, zmm12, zmm16
026f vcvtps2dq       zmm12, zmm12
0275 vpackssdw       zmm12, zmm12, zmm12
027b vpaddsw         zmm12, zmm12, zmm28
0281 vpackuswb       zmm12, zmm12, zmm12
0287 vpermd          zmm12, zmm29, zmm12
028d vmovdqu8        [rcx+90], xmm12
0294 vcvtdq2ps       zmm0, [rbp+400]
029b vmulps          zmm0, zmm0, zmm16
02a1 vcvtps2dq       zmm0, zmm0
02a7 vcvtdq2ps       zmm1, [rbp+440]
02ae vmulps          zmm1, zmm1, zmm16
02b4 vcvtps2dq       zmm1, zmm1
02ba vcvtdq2ps       zmm2, [rbp+480]
02c1 vmulps          zmm2, zmm2, zmm16
02c7 vcvtps2dq       zmm2, zmm2
02cd vcvtdq2ps       zmm3, [rbp+4C0]
02d4 vmulps          zmm3, zmm3, zmm16
02da vcvtps2dq       zmm3, zmm3
02e0 vpackssdw       zmm0, zmm0, zmm1
02e6 vpaddsw         zmm0, zmm0, zmm28
02ec vpackssdw       zmm2, zmm2, zmm3
02f2 vpaddsw         zmm2, zmm2, zmm28
02f8 vpackuswb       zmm0, zmm0, zmm2
02fe vpermd          zmm0, zmm29, zmm0
0304 vmovdqu8        [rcx+0A0], zmm0
030e add             rsi, 600
0315 add             rcx, 0F0
031c sub             r11, 3
0320 jg              near 0000000000000052
0326 tilerelease
032b vzeroupper
032e pop             rdi
032f pop             r15
0331 pop             r14
0333 pop             r13
0335 pop             r12
0337 pop             rbp
0338 pop             rbx
0339 ret
