0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             rbp, [rdi+28]
0019 mov             r11d, 70
001f vmovdqu32       zmm30, [r10+40]
0026 vmovdqu32       zmm29, [r10]
002c cmp             r11, 2
0030 jge             short 000000000000004E
0032 mov             eax, 2
0037 sub             rax, r11
003a imul            rbx, rax, 6
003e sub             rsi, rbx
0041 imul            rbx, rax, 10
0045 sub             rcx, rbx
0048 mov             r11d, 2
004e vmovdqu32       zmm0, [r9]
0054 vmovdqa32       zmm1, zmm0
005a vmovdqu32       zmm2, [r8]
0060 prefetcht0      [r8+400]
0068 vpbroadcastd    zmm3, [rsi]
006e vpdpbusd        zmm0, zmm3, zmm2
0074 vpbroadcastd    zmm3, [rsi+6]
007e vpdpbusd        zmm1, zmm3, zmm2
0084 vmovdqu32       zmm2, [r8+40]
008b prefetcht0      [r8+440]
0093 vpbroadcastd    zmm3, [rsi+4]
009a vpdpbusd        zmm0, zmm3, zmm2
00a0 vpbroadcastd    zmm3, [rsi+0A]
00aa vpdpbusd        zmm1, zmm3, zmm2
00b0 vmovdqu32       zmm2, [r8+80]
00b7 prefetcht0      [r8+480]
00bf vpbroadcastd    zmm3, [rsi+8]
00c6 vpdpbusd        zmm0, zmm3, zmm2
00cc vpbroadcastd    zmm3, [rsi+0E]
00d6 vpdpbusd        zmm1, zmm3, zmm2
00dc vmovdqu32       zmm2, [r8+0C0]
00e3 prefetcht0      [r8+4C0]
00eb vpbroadcastd    zmm3, [rsi+2A6]
00f5 vpdpbusd        zmm0, zmm3, zmm2
00fb vpbroadcastd    zmm3, [rsi+2AC]
0105 vpdpbusd        zmm1, zmm3, zmm2
010b vmovdqu32       zmm2, [r8+100]
0112 prefetcht0      [r8+500]
011a vpbroadcastd    zmm3, [rsi+2AA]
0124 vpdpbusd        zmm0, zmm3, zmm2
012a vpbroadcastd    zmm3, [rsi+2B0]
0134 vpdpbusd        zmm1, zmm3, zmm2
013a vmovdqu32       zmm2, [r8+140]
0141 prefetcht0      [r8+540]
0149 vpbroadcastd    zmm3, [rsi+2AE]
0153 vpdpbusd        zmm0, zmm3, zmm2
0159 vpbroadcastd    zmm3, [rsi+2B4]
0163 vpdpbusd        zmm1, zmm3, zmm2
0169 vmovdqu32       zmm2, [r8+180]
0170 prefetcht0      [r8+580]
0178 vpbroadcastd    zmm3, [rsi+54C]
0182 vpdpbusd        zmm0, zmm3, zmm2
0188 vpbroadcastd    zmm3, [rsi+552]
0192 vpdpbusd        zmm1, zmm3, zmm2
0198 vmovdqu32       zmm2, [r8+1C0]
019f prefetcht0      [r8+5C0]
01a7 vpbroadcastd    zmm3, [rsi+550]
01b1 vpdpbusd        zmm0, zmm3, zmm2
01b7 vpbroadcastd    zmm3, [rsi+556]
01c1 vpdpbusd        zmm1, zmm3, zmm2
01c7 vmovdqu32       zmm2, [r8+200]
01ce prefetcht0      [r8+600]
01d6 vpbroadcastd    zmm3, [rsi+554]
01e0 vpdpbusd        zmm0, zmm3, zmm2
01e6 vpbroadcastd    zmm3, [rsi+55A]
01f0 vpdpbusd        zmm1, zmm3, zmm2
01f6 vcvtdq2ps       zmm0, zmm0
01fc vmulps          zmm0, zmm0, [r9+40]
0203 vcvtps2dq       zmm0, zmm0
0209 vcvtdq2ps       zmm1, zmm1
020f vmulps          zmm1, zmm1, [r9+40]
0216 vcvtps2dq       zmm1, zmm1
021c vpackssdw       zmm0, zmm0, zmm1
0222 vpaddsw         zmm0, zmm0, zmm30
0228 vpackuswb       zmm0, zmm0, zmm0
022e vpermd          zmm0, zmm29, zmm0
0234 vmovdqu8        [rcx], ymm0
023a add             rsi, 0C
023e add             rcx, 20
0242 sub             r11, 2
0246 jg              short 0000000000000258
0248 add             rsi, 2AC
024f mov             r11d, 70
0255 dec             rbp
0258 jg              near 000000000000002C
025e vzeroupper
0261 pop             rbp
0262 pop             rbx
0263 ret
