0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 mov             rax, 0F
0022 kmovq           k1, rax
0027 cmp             r11, 2
002b jge             short 0000000000000049
002d mov             eax, 2
0032 sub             rax, r11
0035 imul            rbx, rax, 8
0039 sub             rsi, rbx
003c imul            rbx, rax, 50
0040 sub             rcx, rbx
0043 mov             r11d, 2
0049 vmovdqu32       zmm0, [r9]
004f vmovdqa32       zmm2, zmm0
0055 vmovdqu32       ymm1, [r9+0C0]
005c vmovdqa32       ymm3, ymm1
0062 vmovdqu32       zmm4, [r8]
0068 prefetcht0      [r8+400]
0070 vmovdqu32       ymm5, [r8+80]
0077 prefetcht0      [r8+480]
007f vpbroadcastd    zmm6, [rsi]
0085 vpdpbusd        zmm0, zmm6, zmm4
008b vpdpbusd        ymm1, ymm6, ymm5
0091 vpbroadcastd    zmm6, [rsi+8]
0098 vpdpbusd        zmm2, zmm6, zmm4
009e vpdpbusd        ymm3, ymm6, ymm5
00a4 vmovdqu32       zmm4, [r8+40]
00ab prefetcht0      [r8+440]
00b3 vmovdqu32       ymm5, [r8+0C0]
00ba prefetcht0      [r8+4C0]
00c2 vpbroadcastd    zmm6, [rsi+4]
00c9 vpdpbusd        zmm0, zmm6, zmm4
00cf vpdpbusd        ymm1, ymm6, ymm5
00d5 vpbroadcastd    zmm6, [rsi+0C]
00dc vpdpbusd        zmm2, zmm6, zmm4
00e2 vpdpbusd        ymm3, ymm6, ymm5
00e8 vmovdqu32       [rcx], zmm0
00ee vmovdqu32       [rcx+40]{k1}, ymm1
00f5 vmovdqu32       [rcx+50], zmm2
00ff vmovdqu32       [rcx+90]{k1}, ymm3
0109 add             rsi, 10
010d add             rcx, 0A0
0114 sub             r11, 2
0118 jg              near 0000000000000027
011e vzeroupper
0121 pop             rbx
0122 ret
