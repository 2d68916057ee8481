0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 vmovdqu32       zmm30, [r10+40]
001f vmovdqu32       zmm29, [r10]
0025 cmp             r11, 2
0029 jge             short 0000000000000047
002b mov             eax, 2
0030 sub             rax, r11
0033 imul            rbx, rax, 6
0037 sub             rsi, rbx
003a imul            rbx, rax, 10
003e sub             rcx, rbx
0041 mov             r11d, 2
0047 vmovdqu32       zmm0, [r9]
004d vmovdqa32       zmm1, zmm0
0053 vmovdqu32       zmm2, [r8]
0059 prefetcht0      [r8+400]
0061 vpbroadcastd    zmm3, [rsi]
0067 vpdpbusd        zmm0, zmm3, zmm2
006d vpbroadcastd    zmm3, [rsi+6]
0077 vpdpbusd        zmm1, zmm3, zmm2
007d vmovdqu32       zmm2, [r8+40]
0084 prefetcht0      [r8+440]
008c vpbroadcastd    zmm3, [rsi+4]
0093 vpdpbusd        zmm0, zmm3, zmm2
0099 vpbroadcastd    zmm3, [rsi+0A]
00a3 vpdpbusd        zmm1, zmm3, zmm2
00a9 vmovdqu32       zmm2, [r8+80]
00b0 prefetcht0      [r8+480]
00b8 vpbroadcastd    zmm3, [rsi+8]
00bf vpdpbusd        zmm0, zmm3, zmm2
00c5 vpbroadcastd    zmm3, [rsi+0E]
00cf vpdpbusd        zmm1, zmm3, zmm2
00d5 vmovdqu32       zmm2, [r8+0C0]
00dc prefetcht0      [r8+4C0]
00e4 vpbroadcastd    zmm3, [rsi+2A6]
00ee vpdpbusd        zmm0, zmm3, zmm2
00f4 vpbroadcastd    zmm3, [rsi+2AC]
00fe vpdpbusd        zmm1, zmm3, zmm2
0104 vmovdqu32       zmm2, [r8+100]
010b prefetcht0      [r8+500]
0113 vpbroadcastd    zmm3, [rsi+2AA]
011d vpdpbusd        zmm0, zmm3, zmm2
0123 vpbroadcastd    zmm3, [rsi+2B0]
012d vpdpbusd        zmm1, zmm3, zmm2
0133 vmovdqu32       zmm2, [r8+140]
013a prefetcht0      [r8+540]
0142 vpbroadcastd    zmm3, [rsi+2AE]
014c vpdpbusd        zmm0, zmm3, zmm2
0152 vpbroadcastd    zmm3, [rsi+2B4]
015c vpdpbusd        zmm1, zmm3, zmm2
0162 vmovdqu32       zmm2, [r8+180]
0169 prefetcht0      [r8+580]
0171 vpbroadcastd    zmm3, [rsi+54C]
017b vpdpbusd        zmm0, zmm3, zmm2
0181 vpbroadcastd    zmm3, [rsi+552]
018b vpdpbusd        zmm1, zmm3, zmm2
0191 vmovdqu32       zmm2, [r8+1C0]
0198 prefetcht0      [r8+5C0]
01a0 vpbroadcastd    zmm3, [rsi+550]
01aa vpdpbusd        zmm0, zmm3, zmm2
01b0 vpbroadcastd    zmm3, [rsi+556]
01ba vpdpbusd        zmm1, zmm3, zmm2
01c0 vmovdqu32       zmm2, [r8+200]
01c7 prefetcht0      [r8+600]
01cf vpbroadcastd    zmm3, [rsi+554]
01d9 vpdpbusd        zmm0, zmm3, zmm2
01df vpbroadcastd    zmm3, [rsi+55A]
01e9 vpdpbusd        zmm1, zmm3, zmm2
01ef vcvtdq2ps       zmm0, zmm0
01f5 vmulps          zmm0, zmm0, [r9+40]
01fc vcvtps2dq       zmm0, zmm0
0202 vpackssdw       zmm0, zmm0, zmm0
0208 vpaddsw         zmm0, zmm0, zmm30
020e vpackuswb       zmm0, zmm0, zmm0
0214 vpermd          zmm0, zmm29, zmm0
021a vmovdqu8        [rcx], xmm0
0220 vcvtdq2ps       zmm1, zmm1
0226 vmulps          zmm1, zmm1, [r9+40]
022d vcvtps2dq       zmm1, zmm1
0233 vpackssdw       zmm1, zmm1, zmm1
0239 vpaddsw         zmm1, zmm1, zmm30
023f vpackuswb       zmm1, zmm1, zmm1
0245 vpermd          zmm1, zmm29, zmm1
024b vmovdqu8        [rcx+10], xmm1
0252 add             rsi, 0C
0256 add             rcx, 20
025a sub             r11, 2
025e jg              near 0000000000000025
0264 vzeroupper
0267 pop             rbx
0268 ret
