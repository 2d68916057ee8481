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
0030 mov             edi, 1
0035 mov             rax, rcx
0038 mov             rbx, 0
0042 mov             ebp, 0A
0047 vmovdqu32       zmm24, [rsi]
004d vmovdqu32       zmm25, [rsi+0C0]
0054 vmovdqu32       zmm26, [rsi+180]
005b vmovdqu32       zmm27, [rsi+240]
0062 vmovdqu8        zmm0, [r8+rbx]
0069 vmovdqu8        zmm1, [r8+rbx+40]
0071 vmovdqu8        zmm2, [r8+rbx+80]
0079 vmovdqu8        zmm3, [r8+rbx+0C0]
0081 vpunpcklbw      zmm4, zmm0, zmm1
0087 vpunpckhbw      zmm5, zmm0, zmm1
008d vpunpcklbw      zmm6, zmm2, zmm3
0093 vpunpckhbw      zmm7, zmm2, zmm3
0099 vpunpcklwd      zmm8, zmm4, zmm6
009f vpdpbusd        zmm24, zmm8, [rdx]
00a5 vpdpbusd        zmm24, zmm8, [rdx+700]
00ac vpunpckhwd      zmm9, zmm4, zmm6
00b2 vpdpbusd        zmm25, zmm9, [rdx+40]
00b9 vpunpcklwd      zmm10, zmm5, zmm7
00bf vpdpbusd        zmm26, zmm10, [rdx+80]
00c6 vpunpckhwd      zmm11, zmm5, zmm7
00cc vpdpbusd        zmm27, zmm11, [rdx+0C0]
00d3 vmovdqu8        zmm0, [r8+rbx+100]
00db vmovdqu8        zmm1, [r9+rbx]
00e2 vmovdqu8        zmm2, [r9+rbx+40]
00ea vmovdqu8        zmm3, [r9+rbx+80]
00f2 vpunpcklbw      zmm4, zmm0, zmm1
00f8 vpunpckhbw      zmm5, zmm0, zmm1
00fe vpunpcklbw      zmm6, zmm2, zmm3
0104 vpunpckhbw      zmm7, zmm2, zmm3
010a vpunpcklwd      zmm8, zmm4, zmm6
0110 vpdpbusd        zmm24, zmm8, [rdx+100]
0117 vpunpckhwd      zmm9, zmm4, zmm6
011d vpdpbusd        zmm25, zmm9, [rdx+140]
0124 vpunpcklwd      zmm10, zmm5, zmm7
012a vpdpbusd        zmm26, zmm10, [rdx+180]
0131 vpunpckhwd      zmm11, zmm5, zmm7
0137 vpdpbusd        zmm27, zmm11, [rdx+1C0]
013e vmovdqu8        zmm0, [r9+rbx+0C0]
0146 vmovdqu8        zmm1, [r9+rbx+100]
014e vmovdqu8        zmm2, [r10+rbx]
0155 vmovdqu8        zmm3, [r10+rbx+40]
015d vpunpcklbw      zmm4, zmm0, zmm1
0163 vpunpckhbw      zmm5, zmm0, zmm1
0169 vpunpcklbw      zmm6, zmm2, zmm3
016f vpunpckhbw      zmm7, zmm2, zmm3
0175 vpunpcklwd      zmm8, zmm4, zmm6
017b vpdpbusd        zmm24, zmm8, [rdx+200]
0182 vpunpckhwd      zmm9, zmm4, zmm6
0188 vpdpbusd        zmm25, zmm9, [rdx+240]
018f vpunpcklwd      zmm10, zmm5, zmm7
0195 vpdpbusd        zmm26, zmm10, [rdx+280]
019c vpunpckhwd      zmm11, zmm5, zmm7
01a2 vpdpbusd        zmm27, zmm11, [rdx+2C0]
01a9 vmovdqu8        zmm0, [r10+rbx+80]
01b1 vmovdqu8        zmm1, [r10+rbx+0C0]
01b9 vmovdqu8        zmm2, [r10+rbx+100]
01c1 vmovdqu8        zmm3, [r12+rbx]
01c8 vpunpcklbw      zmm4, zmm0, zmm1
01ce vpunpckhbw      zmm5, zmm0, zmm1
01d4 vpunpcklbw      zmm6, zmm2, zmm3
01da vpunpckhbw      zmm7, zmm2, zmm3
01e0 vpunpcklwd      zmm8, zmm4, zmm6
01e6 vpdpbusd        zmm24, zmm8, [rdx+300]
01ed vpunpckhwd      zmm9, zmm4, zmm6
01f3 vpdpbusd        zmm25, zmm9, [rdx+340]
01fa vpunpcklwd      zmm10, zmm5, zmm7
0200 vpdpbusd        zmm26, zmm10, [rdx+380]
0207 vpunpckhwd      zmm11, zmm5, zmm7
020d vpdpbusd        zmm27, zmm11, [rdx+3C0]
0214 vmovdqu8        zmm0, [r12+rbx+40]
021c vmovdqu8        zmm1, [r12+rbx+80]
0224 vmovdqu8        zmm2, [r12+rbx+0C0]
022c vmovdqu8        zmm3, [r12+rbx+100]
0234 vpunpcklbw      zmm4, zmm0, zmm1
023a vpunpckhbw      zmm5, zmm0, zmm1
0240 vpunpcklbw      zmm6, zmm2, zmm3
0246 vpunpckhbw      zmm7, zmm2, zmm3
024c vpunpcklwd      zmm8, zmm4, zmm6
0252 vpdpbusd        zmm24, zmm8, [rdx+400]
0259 vpunpckhwd      zmm9, zmm4, zmm6
025f vpdpbusd        zmm25, zmm9, [rdx+440]
0266 vpunpcklwd      zmm10, zmm5, zmm7
026c vpdpbusd        zmm26, zmm10, [rdx+480]
0273 vpunpckhwd      zmm11, zmm5, zmm7
0279 vpdpbusd        zmm27, zmm11, [rdx+4C0]
0280 vmovdqu8        zmm0, [r13+rbx]
0288 vmovdqu8        zmm1, [r13+rbx+40]
0290 vmovdqu8        zmm2, [r13+rbx+80]
0298 vmovdqu8        zmm3, [r13+rbx+0C0]
02a0 vpunpcklbw      zmm4, zmm0, zmm1
02a6 vpunpckhbw      zmm5, zmm0, zmm1
02ac vpunpcklbw      zmm6, zmm2, zmm3
02b2 vpunpckhbw      zmm7, zmm2, zmm3
02b8 vpunpcklwd      zmm8, zmm4, zmm6
02be vpdpbusd        zmm24, zmm8, [rdx+500]
02c5 vpunpckhwd      zmm9, zmm4, zmm6
02cb vpdpbusd        zmm25, zmm9, [rdx+540]
02d2 vpunpcklwd      zmm10, zmm5, zmm7
02d8 vpdpbusd        zmm26, zmm10, [rdx+580]
02df vpunpckhwd      zmm11, zmm5, zmm7
02e5 vpdpbusd        zmm27, zmm11, [rdx+5C0]
02ec vmovdqu8        zmm0, [r13+rbx+100]
02f4 vpunpcklbw      zmm4, zmm0, zmm0
02fa vpunpckhbw      zmm5, zmm0, zmm0
0300 vpunpcklwd      zmm8, zmm4, zmm4
0306 vpdpbusd        zmm24, zmm8, [rdx+600]
030d vpunpckhwd      zmm9, zmm4, zmm4
0313 vpdpbusd        zmm25, zmm9, [rdx+640]
031a vpunpcklwd      zmm10, zmm5, zmm5
0320 vpdpbusd        zmm26, zmm10, [rdx+680]
0327 vpunpckhwd      zmm11, zmm5, zmm5
032d vpdpbusd        zmm27, zmm11, [rdx+6C0]
0334 vcvtdq2ps       zmm24, zmm24
033a vmulps          zmm24, zmm24, [rsi+40]
0341 vcvtps2dq       zmm24, zmm24
0347 vcvtdq2ps       zmm25, zmm25
034d vmulps          zmm25, zmm25, [rsi+100]
0354 vcvtps2dq       zmm25, zmm25
035a vcvtdq2ps       zmm26, zmm26
0360 vmulps          zmm26, zmm26, [rsi+1C0]
0367 vcvtps2dq       zmm26, zmm26
036d vcvtdq2ps       zmm27, zmm27
0373 vmulps          zmm27, zmm27, [rsi+280]
037a vcvtps2dq       zmm27, zmm27
0380 vpackssdw       zmm24, zmm24, zmm25
0386 vpaddsw         zmm24, zmm24, zmm29
038c vpackssdw       zmm26, zmm26, zmm27
0392 vpaddsw         zmm26, zmm26, zmm29
0398 vpackuswb       zmm24, zmm24, zmm26
039e vmovdqu8        [rax], zmm24
03a4 add             rax, 40
03aa add             rbx, 40
03ae dec             ebp
03b0 jne             near 0000000000000047
03b6 add             r8, 40
03ba add             r9, 40
03be add             r10, 40
03c2 add             r12, 40
03c6 add             r13, 40
03ca add             rcx, 40
03ce add             rdx, 0E00
03d5 add             rsi, 300
03dc dec             edi
03de jne             near 0000000000000035
03e4 vzeroupper
03e7 pop             r13
03e9 pop             r12
03eb pop             rbp
03ec pop             rbx
03ed ret
