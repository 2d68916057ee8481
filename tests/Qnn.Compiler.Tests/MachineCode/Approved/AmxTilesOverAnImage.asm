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
0049 ldtilecfg       [rip+385]
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
00d3 tileloadd       tmm4, [rsi+rax+40]
00da tdpbusd         tmm0, tmm4, tmm5
00df tileloadd       tmm4, [rsi+rax+2C0]
00e9 tdpbusd         tmm1, tmm4, tmm5
00ee tileloadd       tmm5, [r8+rdx+0C00]
00f8 tileloadd       tmm4, [rsi+rax+80]
0102 tdpbusd         tmm0, tmm4, tmm5
0107 tileloadd       tmm4, [rsi+rax+300]
0111 tdpbusd         tmm1, tmm4, tmm5
0116 tileloadd       tmm5, [r8+rdx+1000]
0120 tileloadd       tmm4, [rsi+rax+80]
012a tdpbusd         tmm0, tmm4, tmm5
012f tileloadd       tmm4, [rsi+rax+300]
0139 tdpbusd         tmm1, tmm4, tmm5
013e tileloadd       tmm5, [r8+rdx+1400]
0148 tileloadd       tmm4, [rsi+rax+0C0]
0152 tdpbusd         tmm0, tmm4, tmm5
0157 tileloadd       tmm4, [rsi+rax+340]
0161 tdpbusd         tmm1, tmm4, tmm5
0166 tileloadd       tmm5, [r8+rdx+1800]
0170 tileloadd       tmm4, [rsi+rax+0C0]
017a tdpbusd         tmm0, tmm4, tmm5
017f tileloadd       tmm4, [rsi+rax+340]
0189 tdpbusd         tmm1, tmm4, tmm5
018e tileloadd       tmm5, [r8+rdx+1C00]
0198 tileloadd       tmm4, [rsi+rax+100]
01a2 tdpbusd         tmm0, tmm4, tmm5
01a7 tileloadd       tmm4, [rsi+rax+380]
01b1 tdpbusd         tmm1, tmm4, tmm5
01b6 tilestored      [rbp+rbx], tmm0
01bd tilestored      [rbp+rbx+280], tmm1
01c7 vcvtdq2ps       zmm0, [rbp]
01ce vmulps          zmm0, zmm0, zmm16
01d4 vcvtps2dq       zmm0, zmm0
01da vcvtdq2ps       zmm1, [rbp+40]
01e1 vmulps          zmm1, zmm1, zmm16
01e7 vcvtps2dq       zmm1, zmm1
01ed vcvtdq2ps       zmm2, [rbp+80]
01f4 vmulps          zmm2, zmm2, zmm16
01fa vcvtps2dq       zmm2, zmm2
0200 vcvtdq2ps       zmm3, [rbp+0C0]
0207 vmulps          zmm3, zmm3, zmm16
020d vcvtps2dq       zmm3, zmm3
0213 vpackssdw       zmm0, zmm0, zmm1
0219 vpaddsw         zmm0, zmm0, zmm28
021f vpackssdw       zmm2, zmm2, zmm3
0225 vpaddsw         zmm2, zmm2, zmm28
022b vpackuswb       zmm0, zmm0, zmm2
0231 vpermd          zmm0, zmm29, zmm0
0237 vmovdqu8        [rcx], zmm0
023d vcvtdq2ps       zmm4, [rbp+100]
0244 vmulps          zmm4, zmm4, zmm16
024a vcvtps2dq       zmm4, zmm4
0250 vpackssdw       zmm4, zmm4, zmm4
0256 vpaddsw         zmm4, zmm4, zmm28
025c vpackuswb       zmm4, zmm4, zmm4
0262 vpermd          zmm4, zmm29, zmm4
0268 vmovdqu8        [rcx+40], xmm4
026f vcvtdq2ps       zmm8, [rbp+200]
0276 vmulps          zmm8, zmm8, zmm16
027c vcvtps2dq       zmm8, zmm8
0282 vcvtdq2ps       zmm9, [rbp+240]
0289 vmulps          zmm9, zmm9, zmm16
028f vcvtps2dq       zmm9, zmm9
0295 vpackssdw       zmm8, zmm8, zmm9
029b vpaddsw         zmm8, zmm8, zmm28
02a1 vpackuswb       zmm8, zmm8, zmm8
02a7 vpermd          zmm8, zmm29, zmm8
02ad vmovdqu8        [rcx+50], ymm8
02b7 vcvtdq2ps       zmm10, [rbp+280]
02be vmulps          zmm10, zmm10, zmm16
02c4 vcvtps2dq       zmm10, zmm10
02ca vcvtdq2ps       zmm11, [rbp+2C0]
02d1 vmulps          zmm11, zmm11, zmm16
02d7 vcvtps2dq       zmm11, zmm11
02dd vpackssdw       zmm10, zmm10, zmm11
02e3 vpaddsw         zmm10, zmm10, zmm28
02e9 vpackuswb       zmm10, zmm10, zmm10
02ef vpermd          zmm10, zmm29, zmm10
02f5 vmovdqu8        [rcx+70], ymm10
02ff vcvtdq2ps       zmm12, [rbp+300]
0306 vmulps          zmm12, zmm12, zmm16
030c vcvtps2dq       zmm12, zmm12
0312 vpackssdw       zmm12, zmm12, zmm12
0318 vpaddsw         zmm12, zmm12, zmm28
031e vpackuswb       zmm12, zmm12, zmm12
0324 vpermd          zmm12, zmm29, zmm12
032a vmovdqu8        [rcx+90], xmm12
0331 vcvtdq2ps       zmm0, [rbp+400]
0338 vmulps          zmm0, zmm0, zmm16
033e vcvtps2dq       zmm0, zmm0
0344 vcvtdq2ps       zmm1, [rbp+440]
034b vmulps          zmm1, zmm1, zmm16
0351 vcvtps2dq       zmm1, zmm1
0357 vcvtdq2ps       zmm2, [rbp+480]
035e vmulps          zmm2, zmm2, zmm16
0364 vcvtps2dq       zmm2, zmm2
036a vcvtdq2ps       zmm3, [rbp+4C0]
0371 vmulps          zmm3, zmm3, zmm16
0377 vcvtps2dq       zmm3, zmm3
037d vpackssdw       zmm0, zmm0, zmm1
0383 vpaddsw         zmm0, zmm0, zmm28
0389 vpackssdw       zmm2, zmm2, zmm3
038f vpaddsw         zmm2, zmm2, zmm28
0395 vpackuswb       zmm0, zmm0, zmm2
039b vpermd          zmm0, zmm29, zmm0
03a1 vmovdqu8        [rcx+0A0], zmm0
03ab add             rsi, 600
03b2 add             rcx, 0F0
03b9 sub             r11, 3
03bd jg              near 0000000000000052
03c3 tilerelease
03c8 vzeroupper
03cb pop             rdi
03cc pop             r15
03ce pop             r14
03d0 pop             r13
03d2 pop             r12
03d4 pop             rbp
03d5 pop             rbx
03d6 ret
