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
004c prefetcht0      [r8+400]
0054 vpbroadcastd    zmm3, [rsi]
005a vpdpbusd        zmm0, zmm3, zmm2
0060 vpbroadcastd    zmm4, [rsi+6]
006a vpdpbusd        zmm1, zmm4, zmm2
0070 vmovdqu32       zmm2, [r8+40]
0077 prefetcht0      [r8+440]
007f vpbroadcastd    zmm3, [rsi+4]
0086 vpdpbusd        zmm0, zmm3, zmm2
008c vpbroadcastd    zmm4, [rsi+0A]
0096 vpdpbusd        zmm1, zmm4, zmm2
009c vmovdqu32       zmm2, [r8+80]
00a3 prefetcht0      [r8+480]
00ab vpbroadcastd    zmm3, [rsi+8]
00b2 vpdpbusd        zmm0, zmm3, zmm2
00b8 vpbroadcastd    zmm4, [rsi+0E]
00c2 vpdpbusd        zmm1, zmm4, zmm2
00c8 vmovdqu32       zmm2, [r8+0C0]
00cf prefetcht0      [r8+4C0]
00d7 vpbroadcastd    zmm3, [rsi+2A6]
00e1 vpdpbusd        zmm0, zmm3, zmm2
00e7 vpbroadcastd    zmm4, [rsi+2AC]
00f1 vpdpbusd        zmm1, zmm4, zmm2
00f7 vmovdqu32       zmm2, [r8+100]
00fe prefetcht0      [r8+500]
0106 vpbroadcastd    zmm3, [rsi+2AA]
0110 vpdpbusd        zmm0, zmm3, zmm2
0116 vpbroadcastd    zmm4, [rsi+2B0]
0120 vpdpbusd        zmm1, zmm4, zmm2
0126 vmovdqu32       zmm2, [r8+140]
012d prefetcht0      [r8+540]
0135 vpbroadcastd    zmm3, [rsi+2AE]
013f vpdpbusd        zmm0, zmm3, zmm2
0145 vpbroadcastd    zmm4, [rsi+2B4]
014f vpdpbusd        zmm1, zmm4, zmm2
0155 vmovdqu32       zmm2, [r8+180]
015c prefetcht0      [r8+580]
0164 vpbroadcastd    zmm3, [rsi+54C]
016e vpdpbusd        zmm0, zmm3, zmm2
0174 vpbroadcastd    zmm4, [rsi+552]
017e vpdpbusd        zmm1, zmm4, zmm2
0184 vmovdqu32       zmm2, [r8+1C0]
018b prefetcht0      [r8+5C0]
0193 vpbroadcastd    zmm3, [rsi+550]
019d vpdpbusd        zmm0, zmm3, zmm2
01a3 vpbroadcastd    zmm4, [rsi+556]
01ad vpdpbusd        zmm1, zmm4, zmm2
01b3 vmovdqu32       zmm2, [r8+200]
01ba prefetcht0      [r8+600]
01c2 vpbroadcastd    zmm3, [rsi+554]
01cc vpdpbusd        zmm0, zmm3, zmm2
01d2 vpbroadcastd    zmm4, [rsi+55A]
01dc vpdpbusd        zmm1, zmm4, zmm2
01e2 vmovdqu32       zmm2, [r10+40]
01e9 vmovdqu32       zmm3, [r10]
01ef vcvtdq2ps       zmm0, zmm0
01f5 vmulps          zmm0, zmm0, [r9+40]
01fc vcvtps2dq       zmm0, zmm0
0202 vpackssdw       zmm0, zmm0, zmm0
0208 vpaddsw         zmm0, zmm0, zmm2
020e vpackuswb       zmm0, zmm0, zmm0
0214 vpermd          zmm0, zmm3, zmm0
021a vmovdqu8        [rcx], xmm0
0220 vcvtdq2ps       zmm1, zmm1
0226 vmulps          zmm1, zmm1, [r9+40]
022d vcvtps2dq       zmm1, zmm1
0233 vpackssdw       zmm1, zmm1, zmm1
0239 vpaddsw         zmm1, zmm1, zmm2
023f vpackuswb       zmm1, zmm1, zmm1
0245 vpermd          zmm1, zmm3, zmm1
024b vmovdqu8        [rcx+10], xmm1
0252 add             rsi, 0C
0256 add             rcx, 20
025a sub             r11, 2
025e jg              near 0000000000000018
0264 vzeroupper
0267 pop             rbx
0268 ret
