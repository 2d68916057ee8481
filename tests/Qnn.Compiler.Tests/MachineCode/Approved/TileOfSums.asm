0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             r11, [rdi+28]
0019 mov             rax, 0F
0023 kmovq           k1, rax
0028 cmp             r11, 2
002c jge             short 000000000000004A
002e mov             eax, 2
0033 sub             rax, r11
0036 imul            rbx, rax, 8
003a sub             rsi, rbx
003d imul            rbx, rax, 50
0041 sub             rcx, rbx
0044 mov             r11d, 2
004a vmovdqu32       zmm0, [r9]
0050 vmovdqa32       zmm2, zmm0
0056 vmovdqu32       ymm1, [r9+0C0]
005d vmovdqa32       ymm3, ymm1
0063 vmovdqu32       zmm4, [r8]
0069 prefetcht0      [r8+400]
0071 vmovdqu32       ymm5, [r8+80]
0078 prefetcht0      [r8+480]
0080 vpbroadcastd    zmm6, [rsi]
0086 vpdpbusd        zmm0, zmm6, zmm4
008c vpdpbusd        ymm1, ymm6, ymm5
0092 vpbroadcastd    zmm6, [rsi+8]
0099 vpdpbusd        zmm2, zmm6, zmm4
009f vpdpbusd        ymm3, ymm6, ymm5
00a5 vmovdqu32       zmm4, [r8+40]
00ac prefetcht0      [r8+440]
00b4 vmovdqu32       ymm5, [r8+0C0]
00bb prefetcht0      [r8+4C0]
00c3 vpbroadcastd    zmm6, [rsi+4]
00ca vpdpbusd        zmm0, zmm6, zmm4
00d0 vpdpbusd        ymm1, ymm6, ymm5
00d6 vpbroadcastd    zmm6, [rsi+0C]
00dd vpdpbusd        zmm2, zmm6, zmm4
00e3 vpdpbusd        ymm3, ymm6, ymm5
00e9 vmovdqu32       [rcx], zmm0
00ef vmovdqu32       [rcx+40]{k1}, ymm1
00f6 vmovdqu32       [rcx+50], zmm2
0100 vmovdqu32       [rcx+90]{k1}, ymm3
010a add             rsi, 10
010e add             rcx, 0A0
0115 sub             r11, 2
0119 jg              near 0000000000000028
011f vzeroupper
0122 pop             rbp
0123 pop             rbx
0124 ret
