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
0033 imul            rbx, rax, 8
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
006d vpbroadcastd    zmm3, [rsi+8]
0074 vpdpbusd        zmm1, zmm3, zmm2
007a vmovdqu32       zmm2, [r8+40]
0081 prefetcht0      [r8+440]
0089 vpbroadcastd    zmm3, [rsi+4]
0090 vpdpbusd        zmm0, zmm3, zmm2
0096 vpbroadcastd    zmm3, [rsi+0C]
009d vpdpbusd        zmm1, zmm3, zmm2
00a3 vcvtdq2ps       zmm0, zmm0
00a9 vaddps          zmm0, zmm0, [r9+80]
00b0 vmulps          zmm0, zmm0, [r9+40]
00b7 vcvtps2dq       zmm0, zmm0
00bd vpackssdw       zmm0, zmm0, zmm0
00c3 vpaddsw         zmm0, zmm0, zmm30
00c9 vpackuswb       zmm0, zmm0, zmm0
00cf vpermd          zmm0, zmm29, zmm0
00d5 vmovdqu8        [rcx], xmm0
00db vcvtdq2ps       zmm1, zmm1
00e1 vaddps          zmm1, zmm1, [r9+80]
00e8 vmulps          zmm1, zmm1, [r9+40]
00ef vcvtps2dq       zmm1, zmm1
00f5 vpackssdw       zmm1, zmm1, zmm1
00fb vpaddsw         zmm1, zmm1, zmm30
0101 vpackuswb       zmm1, zmm1, zmm1
0107 vpermd          zmm1, zmm29, zmm1
010d vmovdqu8        [rcx+10], xmm1
0114 add             rsi, 10
0118 add             rcx, 20
011c sub             r11, 2
0120 jg              near 0000000000000025
0126 vzeroupper
0129 pop             rbx
012a ret
