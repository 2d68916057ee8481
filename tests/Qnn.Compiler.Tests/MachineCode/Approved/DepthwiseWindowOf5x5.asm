0000 push            rbx
0001 push            rbp
0002 push            r12
0004 push            r13
0006 mov             r8, [rdi+20]
000a mov             r9, [rdi+28]
000e mov             r10, [rdi+30]
0012 mov             r12, [rdi+38]
0016 mov             r13, [rdi+40]
001a mov             rcx, [rdi]
001d mov             rdx, [rdi+8]
0021 mov             rsi, [rdi+10]
0025 mov             r11, [rdi+18]
0029 vmovdqu32       zmm29, [r11+40]
0030 mov             edi, [rdi+58]
0033 mov             rax, rcx
0036 mov             rbx, 0
0040 mov             ebp, 0A
0045 vmovdqu32       zmm24, [rsi]
004b vmovdqu32       zmm25, [rsi+0C0]
0052 vmovdqu32       zmm26, [rsi+180]
0059 vmovdqu32       zmm27, [rsi+240]
0060 vmovdqu8        zmm0, [r8+rbx]
0067 vmovdqu8        zmm1, [r8+rbx+40]
006f vmovdqu8        zmm2, [r8+rbx+80]
0077 vmovdqu8        zmm3, [r8+rbx+0C0]
007f vpunpcklbw      zmm4, zmm0, zmm1
0085 vpunpckhbw      zmm5, zmm0, zmm1
008b vpunpcklbw      zmm6, zmm2, zmm3
0091 vpunpckhbw      zmm7, zmm2, zmm3
0097 vpunpcklwd      zmm8, zmm4, zmm6
009d vpdpbusd        zmm24, zmm8, [rdx]
00a3 vpdpbusd        zmm24, zmm8, [rdx+700]
00aa vpunpckhwd      zmm9, zmm4, zmm6
00b0 vpdpbusd        zmm25, zmm9, [rdx+40]
00b7 vpunpcklwd      zmm10, zmm5, zmm7
00bd vpdpbusd        zmm26, zmm10, [rdx+80]
00c4 vpunpckhwd      zmm11, zmm5, zmm7
00ca vpdpbusd        zmm27, zmm11, [rdx+0C0]
00d1 vmovdqu8        zmm0, [r8+rbx+100]
00d9 vmovdqu8        zmm1, [r9+rbx]
00e0 vmovdqu8        zmm2, [r9+rbx+40]
00e8 vmovdqu8        zmm3, [r9+rbx+80]
00f0 vpunpcklbw      zmm4, zmm0, zmm1
00f6 vpunpckhbw      zmm5, zmm0, zmm1
00fc vpunpcklbw      zmm6, zmm2, zmm3
0102 vpunpckhbw      zmm7, zmm2, zmm3
0108 vpunpcklwd      zmm8, zmm4, zmm6
010e vpdpbusd        zmm24, zmm8, [rdx+100]
0115 vpunpckhwd      zmm9, zmm4, zmm6
011b vpdpbusd        zmm25, zmm9, [rdx+140]
0122 vpunpcklwd      zmm10, zmm5, zmm7
0128 vpdpbusd        zmm26, zmm10, [rdx+180]
012f vpunpckhwd      zmm11, zmm5, zmm7
0135 vpdpbusd        zmm27, zmm11, [rdx+1C0]
013c vmovdqu8        zmm0, [r9+rbx+0C0]
0144 vmovdqu8        zmm1, [r9+rbx+100]
014c vmovdqu8        zmm2, [r10+rbx]
0153 vmovdqu8        zmm3, [r10+rbx+40]
015b vpunpcklbw      zmm4, zmm0, zmm1
0161 vpunpckhbw      zmm5, zmm0, zmm1
0167 vpunpcklbw      zmm6, zmm2, zmm3
016d vpunpckhbw      zmm7, zmm2, zmm3
0173 vpunpcklwd      zmm8, zmm4, zmm6
0179 vpdpbusd        zmm24, zmm8, [rdx+200]
0180 vpunpckhwd      zmm9, zmm4, zmm6
0186 vpdpbusd        zmm25, zmm9, [rdx+240]
018d vpunpcklwd      zmm10, zmm5, zmm7
0193 vpdpbusd        zmm26, zmm10, [rdx+280]
019a vpunpckhwd      zmm11, zmm5, zmm7
01a0 vpdpbusd        zmm27, zmm11, [rdx+2C0]
01a7 vmovdqu8        zmm0, [r10+rbx+80]
01af vmovdqu8        zmm1, [r10+rbx+0C0]
01b7 vmovdqu8        zmm2, [r10+rbx+100]
01bf vmovdqu8        zmm3, [r12+rbx]
01c6 vpunpcklbw      zmm4, zmm0, zmm1
01cc vpunpckhbw      zmm5, zmm0, zmm1
01d2 vpunpcklbw      zmm6, zmm2, zmm3
01d8 vpunpckhbw      zmm7, zmm2, zmm3
01de vpunpcklwd      zmm8, zmm4, zmm6
01e4 vpdpbusd        zmm24, zmm8, [rdx+300]
01eb vpunpckhwd      zmm9, zmm4, zmm6
01f1 vpdpbusd        zmm25, zmm9, [rdx+340]
01f8 vpunpcklwd      zmm10, zmm5, zmm7
01fe vpdpbusd        zmm26, zmm10, [rdx+380]
0205 vpunpckhwd      zmm11, zmm5, zmm7
020b vpdpbusd        zmm27, zmm11, [rdx+3C0]
0212 vmovdqu8        zmm0, [r12+rbx+40]
021a vmovdqu8        zmm1, [r12+rbx+80]
0222 vmovdqu8        zmm2, [r12+rbx+0C0]
022a vmovdqu8        zmm3, [r12+rbx+100]
0232 vpunpcklbw      zmm4, zmm0, zmm1
0238 vpunpckhbw      zmm5, zmm0, zmm1
023e vpunpcklbw      zmm6, zmm2, zmm3
0244 vpunpckhbw      zmm7, zmm2, zmm3
024a vpunpcklwd      zmm8, zmm4, zmm6
0250 vpdpbusd        zmm24, zmm8, [rdx+400]
0257 vpunpckhwd      zmm9, zmm4, zmm6
025d vpdpbusd        zmm25, zmm9, [rdx+440]
0264 vpunpcklwd      zmm10, zmm5, zmm7
026a vpdpbusd        zmm26, zmm10, [rdx+480]
0271 vpunpckhwd      zmm11, zmm5, zmm7
0277 vpdpbusd        zmm27, zmm11, [rdx+4C0]
027e vmovdqu8        zmm0, [r13+rbx]
0286 vmovdqu8        zmm1, [r13+rbx+40]
028e vmovdqu8        zmm2, [r13+rbx+80]
0296 vmovdqu8        zmm3, [r13+rbx+0C0]
029e vpunpcklbw      zmm4, zmm0, zmm1
02a4 vpunpckhbw      zmm5, zmm0, zmm1
02aa vpunpcklbw      zmm6, zmm2, zmm3
02b0 vpunpckhbw      zmm7, zmm2, zmm3
02b6 vpunpcklwd      zmm8, zmm4, zmm6
02bc vpdpbusd        zmm24, zmm8, [rdx+500]
02c3 vpunpckhwd      zmm9, zmm4, zmm6
02c9 vpdpbusd        zmm25, zmm9, [rdx+540]
02d0 vpunpcklwd      zmm10, zmm5, zmm7
02d6 vpdpbusd        zmm26, zmm10, [rdx+580]
02dd vpunpckhwd      zmm11, zmm5, zmm7
02e3 vpdpbusd        zmm27, zmm11, [rdx+5C0]
02ea vmovdqu8        zmm0, [r13+rbx+100]
02f2 vpunpcklbw      zmm4, zmm0, zmm0
02f8 vpunpckhbw      zmm5, zmm0, zmm0
02fe vpunpcklwd      zmm8, zmm4, zmm4
0304 vpdpbusd        zmm24, zmm8, [rdx+600]
030b vpunpckhwd      zmm9, zmm4, zmm4
0311 vpdpbusd        zmm25, zmm9, [rdx+640]
0318 vpunpcklwd      zmm10, zmm5, zmm5
031e vpdpbusd        zmm26, zmm10, [rdx+680]
0325 vpunpckhwd      zmm11, zmm5, zmm5
032b vpdpbusd        zmm27, zmm11, [rdx+6C0]
0332 vcvtdq2ps       zmm24, zmm24
0338 vmulps          zmm24, zmm24, [rsi+40]
033f vcvtps2dq       zmm24, zmm24
0345 vcvtdq2ps       zmm25, zmm25
034b vmulps          zmm25, zmm25, [rsi+100]
0352 vcvtps2dq       zmm25, zmm25
0358 vcvtdq2ps       zmm26, zmm26
035e vmulps          zmm26, zmm26, [rsi+1C0]
0365 vcvtps2dq       zmm26, zmm26
036b vcvtdq2ps       zmm27, zmm27
0371 vmulps          zmm27, zmm27, [rsi+280]
0378 vcvtps2dq       zmm27, zmm27
037e vpackssdw       zmm24, zmm24, zmm25
0384 vpaddsw         zmm24, zmm24, zmm29
038a vpackssdw       zmm26, zmm26, zmm27
0390 vpaddsw         zmm26, zmm26, zmm29
0396 vpackuswb       zmm24, zmm24, zmm26
039c vmovdqu8        [rax], zmm24
03a2 add             rax, 40
03a8 add             rbx, 40
03ac dec             ebp
03ae jne             near 0000000000000045
03b4 add             r8, 40
03b8 add             r9, 40
03bc add             r10, 40
03c0 add             r12, 40
03c4 add             r13, 40
03c8 add             rcx, 40
03cc add             rdx, 0E00
03d3 add             rsi, 300
03da dec             edi
03dc jne             near 0000000000000033
03e2 vzeroupper
03e5 pop             r13
03e7 pop             r12
03e9 pop             rbp
03ea pop             rbx
03eb ret
