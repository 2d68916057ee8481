0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 cmp             r11, 2
001c jge             short 000000000000003A
001e mov             eax, 2
0023 sub             rax, r11
0026 imul            rdx, rax, 6
002a sub             rsi, rdx
002d imul            rdx, rax, 10
0031 sub             rcx, rdx
0034 mov             r11d, 2
003a vmovdqu32       zmm0, [r9]
0040 vmovdqa32       zmm1, zmm0
0046 vmovdqu32       zmm2, [r8]
004c vpbroadcastd    zmm3, [rsi]
0052 vpdpbusd        zmm0, zmm3, zmm2
0058 vpbroadcastd    zmm4, [rsi+6]
0062 vpdpbusd        zmm1, zmm4, zmm2
0068 vmovdqu32       zmm2, [r8+40]
006f vpbroadcastd    zmm3, [rsi+4]
0076 vpdpbusd        zmm0, zmm3, zmm2
007c vpbroadcastd    zmm4, [rsi+0A]
0086 vpdpbusd        zmm1, zmm4, zmm2
008c vmovdqu32       zmm2, [r8+80]
0093 vpbroadcastd    zmm3, [rsi+8]
009a vpdpbusd        zmm0, zmm3, zmm2
00a0 vpbroadcastd    zmm4, [rsi+0E]
00aa vpdpbusd        zmm1, zmm4, zmm2
00b0 vmovdqu32       zmm2, [r8+0C0]
00b7 vpbroadcastd    zmm3, [rsi+2A6]
00c1 vpdpbusd        zmm0, zmm3, zmm2
00c7 vpbroadcastd    zmm4, [rsi+2AC]
00d1 vpdpbusd        zmm1, zmm4, zmm2
00d7 vmovdqu32       zmm2, [r8+100]
00de vpbroadcastd    zmm3, [rsi+2AA]
00e8 vpdpbusd        zmm0, zmm3, zmm2
00ee vpbroadcastd    zmm4, [rsi+2B0]
00f8 vpdpbusd        zmm1, zmm4, zmm2
00fe vmovdqu32       zmm2, [r8+140]
0105 vpbroadcastd    zmm3, [rsi+2AE]
010f vpdpbusd        zmm0, zmm3, zmm2
0115 vpbroadcastd    zmm4, [rsi+2B4]
011f vpdpbusd        zmm1, zmm4, zmm2
0125 vmovdqu32       zmm2, [r8+180]
012c vpbroadcastd    zmm3, [rsi+54C]
0136 vpdpbusd        zmm0, zmm3, zmm2
013c vpbroadcastd    zmm4, [rsi+552]
0146 vpdpbusd        zmm1, zmm4, zmm2
014c vmovdqu32       zmm2, [r8+1C0]
0153 vpbroadcastd    zmm3, [rsi+550]
015d vpdpbusd        zmm0, zmm3, zmm2
0163 vpbroadcastd    zmm4, [rsi+556]
016d vpdpbusd        zmm1, zmm4, zmm2
0173 vmovdqu32       zmm2, [r8+200]
017a vpbroadcastd    zmm3, [rsi+554]
0184 vpdpbusd        zmm0, zmm3, zmm2
018a vpbroadcastd    zmm4, [rsi+55A]
0194 vpdpbusd        zmm1, zmm4, zmm2
019a vmovdqu32       zmm2, [r10+40]
01a1 vmovdqu32       zmm3, [r10]
01a7 vcvtdq2ps       zmm0, zmm0
01ad vmulps          zmm0, zmm0, [r9+40]
01b4 vcvtps2dq       zmm0, zmm0
01ba vpackssdw       zmm0, zmm0, zmm0
01c0 vpaddsw         zmm0, zmm0, zmm2
01c6 vpackuswb       zmm0, zmm0, zmm0
01cc vpermd          zmm0, zmm3, zmm0
01d2 vmovdqu8        [rcx], xmm0
01d8 vcvtdq2ps       zmm1, zmm1
01de vmulps          zmm1, zmm1, [r9+40]
01e5 vcvtps2dq       zmm1, zmm1
01eb vpackssdw       zmm1, zmm1, zmm1
01f1 vpaddsw         zmm1, zmm1, zmm2
01f7 vpackuswb       zmm1, zmm1, zmm1
01fd vpermd          zmm1, zmm3, zmm1
0203 vmovdqu8        [rcx+10], xmm1
020a add             rsi, 0C
020e add             rcx, 20
0212 sub             r11, 2
0216 jg              near 0000000000000018
021c vzeroupper
021f pop             rbx
0220 ret
