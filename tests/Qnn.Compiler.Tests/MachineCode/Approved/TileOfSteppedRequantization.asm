0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             r11, [rdi+28]
0019 vmovdqu32       zmm29, [r10]
001f cmp             r11, 2
0023 jge             short 0000000000000041
0025 mov             eax, 2
002a sub             rax, r11
002d imul            rbx, rax, 8
0031 sub             rsi, rbx
0034 imul            rbx, rax, 10
0038 sub             rcx, rbx
003b mov             r11d, 2
0041 vmovdqu32       zmm0, [r9]
0047 vmovdqa32       zmm1, zmm0
004d vmovdqu32       zmm2, [r8]
0053 prefetcht0      [r8+400]
005b vpbroadcastd    zmm3, [rsi]
0061 vpdpbusd        zmm0, zmm3, zmm2
0067 vpbroadcastd    zmm3, [rsi+8]
006e vpdpbusd        zmm1, zmm3, zmm2
0074 vmovdqu32       zmm2, [r8+40]
007b prefetcht0      [r8+440]
0083 vpbroadcastd    zmm3, [rsi+4]
008a vpdpbusd        zmm0, zmm3, zmm2
0090 vpbroadcastd    zmm3, [rsi+0C]
0097 vpdpbusd        zmm1, zmm3, zmm2
009d vcvtdq2ps       zmm0, zmm0
00a3 vmulps          zmm0, zmm0, [r9+40]
00aa vaddps          zmm0, zmm0, [r9+80]
00b1 vmulps          zmm0, zmm0, [r10+140]
00b8 vaddps          zmm0, zmm0, [r10+180]
00bf vcvtps2dq       zmm0, zmm0
00c5 vcvtdq2ps       zmm1, zmm1
00cb vmulps          zmm1, zmm1, [r9+40]
00d2 vaddps          zmm1, zmm1, [r9+80]
00d9 vmulps          zmm1, zmm1, [r10+140]
00e0 vaddps          zmm1, zmm1, [r10+180]
00e7 vcvtps2dq       zmm1, zmm1
00ed vpackssdw       zmm0, zmm0, zmm1
00f3 vpackuswb       zmm0, zmm0, zmm0
00f9 vpermd          zmm0, zmm29, zmm0
00ff vmovdqu8        [rcx], ymm0
0105 add             rsi, 10
0109 add             rcx, 20
010d sub             r11, 2
0111 jg              near 000000000000001F
0117 vzeroupper
011a pop             rbp
011b pop             rbx
011c ret
