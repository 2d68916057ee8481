0000 mov             rax, [rdi]
0003 mov             rdx, [rdi+8]
0007 mov             rsi, [rdi+10]
000b mov             r8, [rdi+18]
000f mov             rcx, [rdi+20]
0013 movsxd          r9, [rdi+28]
0017 vpxord          zmm0, zmm0, zmm0
001d vpxord          zmm1, zmm1, zmm1
0023 vpxord          zmm2, zmm2, zmm2
0029 vpxord          zmm3, zmm3, zmm3
002f cmp             r9, 0
0033 jle             near 0000000000000163
0039 vmovups         zmm19, [rdx]
003f vpbroadcastd    zmm20, [r8]
0045 vmulps          zmm20, zmm19, zmm20
004b vmovdqu32       zmm16, [rax]
0051 vmovdqu32       zmm17, [rax+40]
0058 vpbroadcastd    zmm28, [rsi]
005e vpbroadcastd    zmm29, [rsi+4]
0065 vpxord          zmm24, zmm24, zmm24
006b vpdpbusd        zmm24, zmm16, zmm28
0071 vpdpbusd        zmm24, zmm17, zmm29
0077 vcvtdq2ps       zmm24, zmm24
007d vfmadd231ps     zmm0, zmm24, zmm20
0083 vmovdqu32       zmm16, [rax+80]
008a vmovdqu32       zmm17, [rax+0C0]
0091 vpbroadcastd    zmm28, [rsi+8]
0098 vpbroadcastd    zmm29, [rsi+0C]
009f vpxord          zmm24, zmm24, zmm24
00a5 vpdpbusd        zmm24, zmm16, zmm28
00ab vpdpbusd        zmm24, zmm17, zmm29
00b1 vcvtdq2ps       zmm24, zmm24
00b7 vfmadd231ps     zmm1, zmm24, zmm20
00bd vmovups         zmm19, [rdx+40]
00c4 vpbroadcastd    zmm20, [r8+4]
00cb vmulps          zmm20, zmm19, zmm20
00d1 vmovdqu32       zmm16, [rax+100]
00d8 vmovdqu32       zmm17, [rax+140]
00df vpbroadcastd    zmm28, [rsi+10]
00e6 vpbroadcastd    zmm29, [rsi+14]
00ed vpxord          zmm24, zmm24, zmm24
00f3 vpdpbusd        zmm24, zmm16, zmm28
00f9 vpdpbusd        zmm24, zmm17, zmm29
00ff vcvtdq2ps       zmm24, zmm24
0105 vfmadd231ps     zmm2, zmm24, zmm20
010b vmovdqu32       zmm16, [rax+180]
0112 vmovdqu32       zmm17, [rax+1C0]
0119 vpbroadcastd    zmm28, [rsi+18]
0120 vpbroadcastd    zmm29, [rsi+1C]
0127 vpxord          zmm24, zmm24, zmm24
012d vpdpbusd        zmm24, zmm16, zmm28
0133 vpdpbusd        zmm24, zmm17, zmm29
0139 vcvtdq2ps       zmm24, zmm24
013f vfmadd231ps     zmm3, zmm24, zmm20
0145 add             rax, 200
014b add             rdx, 200
0152 add             rsi, 20
0156 add             r8, 20
015a dec             r9
015d jne             near 0000000000000039
0163 mov             rdx, [rdi+38]
0167 movsxd          rax, [rdi+40]
016b vmovups         [rdx+rax*4], zmm0
0172 movsxd          rax, [rdi+44]
0176 vmovups         [rdx+rax*4], zmm1
017d movsxd          rax, [rdi+48]
0181 vmovups         [rdx+rax*4], zmm2
0188 movsxd          rax, [rdi+4C]
018c vmovups         [rdx+rax*4], zmm3
0193 vzeroupper
0196 ret
