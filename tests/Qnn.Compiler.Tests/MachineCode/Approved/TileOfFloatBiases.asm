0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             r11, [rdi+28]
0019 vmovdqu32       zmm30, [r10+40]
0020 vmovdqu32       zmm29, [r10]
0026 cmp             r11, 2
002a jge             short 0000000000000048
002c mov             eax, 2
0031 sub             rax, r11
0034 imul            rbx, rax, 8
0038 sub             rsi, rbx
003b imul            rbx, rax, 10
003f sub             rcx, rbx
0042 mov             r11d, 2
0048 vmovdqu32       zmm0, [r9]
004e vmovdqa32       zmm1, zmm0
0054 vmovdqu32       zmm2, [r8]
005a prefetcht0      [r8+400]
0062 vpbroadcastd    zmm3, [rsi]
0068 vpdpbusd        zmm0, zmm3, zmm2
006e vpbroadcastd    zmm3, [rsi+8]
0075 vpdpbusd        zmm1, zmm3, zmm2
007b vmovdqu32       zmm2, [r8+40]
0082 prefetcht0      [r8+440]
008a vpbroadcastd    zmm3, [rsi+4]
0091 vpdpbusd        zmm0, zmm3, zmm2
0097 vpbroadcastd    zmm3, [rsi+0C]
009e vpdpbusd        zmm1, zmm3, zmm2
00a4 vcvtdq2ps       zmm0, zmm0
00aa vaddps          zmm0, zmm0, [r9+80]
00b1 vmulps          zmm0, zmm0, [r9+40]
00b8 vcvtps2dq       zmm0, zmm0
00be vcvtdq2ps       zmm1, zmm1
00c4 vaddps          zmm1, zmm1, [r9+80]
00cb vmulps          zmm1, zmm1, [r9+40]
00d2 vcvtps2dq       zmm1, zmm1
00d8 vpackssdw       zmm0, zmm0, zmm1
00de vpaddsw         zmm0, zmm0, zmm30
00e4 vpackuswb       zmm0, zmm0, zmm0
00ea vpermd          zmm0, zmm29, zmm0
00f0 vmovdqu8        [rcx], ymm0
00f6 add             rsi, 10
00fa add             rcx, 20
00fe sub             r11, 2
0102 jg              near 0000000000000026
0108 vzeroupper
010b pop             rbp
010c pop             rbx
010d ret
