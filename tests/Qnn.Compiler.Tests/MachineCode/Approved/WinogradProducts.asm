0000 mov             rsi, [rdi]
0003 mov             rcx, [rdi+8]
0007 mov             r8, [rdi+10]
000b mov             r11, [rdi+28]
000f mov             r10d, 24
0015 mov             r9, r11
0018 sub             r9, 7
001c jge             short 0000000000000032
001e imul            rax, r9, 80
0025 add             rsi, rax
0028 imul            rax, r9, 80
002f add             rcx, rax
0032 vpxord          zmm0, zmm0, zmm0
0038 vpxord          zmm1, zmm1, zmm1
003e vpxord          zmm2, zmm2, zmm2
0044 vpxord          zmm3, zmm3, zmm3
004a vpxord          zmm4, zmm4, zmm4
0050 vpxord          zmm5, zmm5, zmm5
0056 vpxord          zmm6, zmm6, zmm6
005c vpxord          zmm7, zmm7, zmm7
0062 vpxord          zmm8, zmm8, zmm8
0068 vpxord          zmm9, zmm9, zmm9
006e vpxord          zmm10, zmm10, zmm10
0074 vpxord          zmm11, zmm11, zmm11
007a vpxord          zmm12, zmm12, zmm12
0080 vpxord          zmm13, zmm13, zmm13
0086 mov             rax, rsi
0089 mov             rdx, r8
008c mov             edi, 8
0091 vmovdqu32       zmm24, [rdx]
0097 prefetcht0      [rdx+1000]
009e vmovdqu32       zmm25, [rdx+40]
00a5 prefetcht0      [rdx+1040]
00ac vpbroadcastd    zmm30, [rax]
00b2 vpdpwssd        zmm0, zmm24, zmm30
00b8 vpdpwssd        zmm1, zmm25, zmm30
00be vpbroadcastd    zmm30, [rax+80]
00c5 vpdpwssd        zmm2, zmm24, zmm30
00cb vpdpwssd        zmm3, zmm25, zmm30
00d1 vpbroadcastd    zmm30, [rax+100]
00d8 vpdpwssd        zmm4, zmm24, zmm30
00de vpdpwssd        zmm5, zmm25, zmm30
00e4 vpbroadcastd    zmm30, [rax+180]
00eb vpdpwssd        zmm6, zmm24, zmm30
00f1 vpdpwssd        zmm7, zmm25, zmm30
00f7 vpbroadcastd    zmm30, [rax+200]
0101 vpdpwssd        zmm8, zmm24, zmm30
0107 vpdpwssd        zmm9, zmm25, zmm30
010d vpbroadcastd    zmm30, [rax+280]
0117 vpdpwssd        zmm10, zmm24, zmm30
011d vpdpwssd        zmm11, zmm25, zmm30
0123 vpbroadcastd    zmm30, [rax+300]
012d vpdpwssd        zmm12, zmm24, zmm30
0133 vpdpwssd        zmm13, zmm25, zmm30
0139 vmovdqu32       zmm24, [rdx+80]
0140 prefetcht0      [rdx+1080]
0147 vmovdqu32       zmm25, [rdx+0C0]
014e prefetcht0      [rdx+10C0]
0155 vpbroadcastd    zmm30, [rax+4]
015c vpdpwssd        zmm0, zmm24, zmm30
0162 vpdpwssd        zmm1, zmm25, zmm30
0168 vpbroadcastd    zmm30, [rax+84]
016f vpdpwssd        zmm2, zmm24, zmm30
0175 vpdpwssd        zmm3, zmm25, zmm30
017b vpbroadcastd    zmm30, [rax+104]
0182 vpdpwssd        zmm4, zmm24, zmm30
0188 vpdpwssd        zmm5, zmm25, zmm30
018e vpbroadcastd    zmm30, [rax+184]
0195 vpdpwssd        zmm6, zmm24, zmm30
019b vpdpwssd        zmm7, zmm25, zmm30
01a1 vpbroadcastd    zmm30, [rax+204]
01ab vpdpwssd        zmm8, zmm24, zmm30
01b1 vpdpwssd        zmm9, zmm25, zmm30
01b7 vpbroadcastd    zmm30, [rax+284]
01c1 vpdpwssd        zmm10, zmm24, zmm30
01c7 vpdpwssd        zmm11, zmm25, zmm30
01cd vpbroadcastd    zmm30, [rax+304]
01d7 vpdpwssd        zmm12, zmm24, zmm30
01dd vpdpwssd        zmm13, zmm25, zmm30
01e3 vmovdqu32       zmm24, [rdx+100]
01ea prefetcht0      [rdx+1100]
01f1 vmovdqu32       zmm25, [rdx+140]
01f8 prefetcht0      [rdx+1140]
01ff vpbroadcastd    zmm30, [rax+8]
0206 vpdpwssd        zmm0, zmm24, zmm30
020c vpdpwssd        zmm1, zmm25, zmm30
0212 vpbroadcastd    zmm30, [rax+88]
0219 vpdpwssd        zmm2, zmm24, zmm30
021f vpdpwssd        zmm3, zmm25, zmm30
0225 vpbroadcastd    zmm30, [rax+108]
022c vpdpwssd        zmm4, zmm24, zmm30
0232 vpdpwssd        zmm5, zmm25, zmm30
0238 vpbroadcastd    zmm30, [rax+188]
023f vpdpwssd        zmm6, zmm24, zmm30
0245 vpdpwssd        zmm7, zmm25, zmm30
024b vpbroadcastd    zmm30, [rax+208]
0255 vpdpwssd        zmm8, zmm24, zmm30
025b vpdpwssd        zmm9, zmm25, zmm30
0261 vpbroadcastd    zmm30, [rax+288]
026b vpdpwssd        zmm10, zmm24, zmm30
0271 vpdpwssd        zmm11, zmm25, zmm30
0277 vpbroadcastd    zmm30, [rax+308]
0281 vpdpwssd        zmm12, zmm24, zmm30
0287 vpdpwssd        zmm13, zmm25, zmm30
028d vmovdqu32       zmm24, [rdx+180]
0294 prefetcht0      [rdx+1180]
029b vmovdqu32       zmm25, [rdx+1C0]
02a2 prefetcht0      [rdx+11C0]
02a9 vpbroadcastd    zmm30, [rax+0C]
02b0 vpdpwssd        zmm0, zmm24, zmm30
02b6 vpdpwssd        zmm1, zmm25, zmm30
02bc vpbroadcastd    zmm30, [rax+8C]
02c3 vpdpwssd        zmm2, zmm24, zmm30
02c9 vpdpwssd        zmm3, zmm25, zmm30
02cf vpbroadcastd    zmm30, [rax+10C]
02d6 vpdpwssd        zmm4, zmm24, zmm30
02dc vpdpwssd        zmm5, zmm25, zmm30
02e2 vpbroadcastd    zmm30, [rax+18C]
02e9 vpdpwssd        zmm6, zmm24, zmm30
02ef vpdpwssd        zmm7, zmm25, zmm30
02f5 vpbroadcastd    zmm30, [rax+20C]
02ff vpdpwssd        zmm8, zmm24, zmm30
0305 vpdpwssd        zmm9, zmm25, zmm30
030b vpbroadcastd    zmm30, [rax+28C]
0315 vpdpwssd        zmm10, zmm24, zmm30
031b vpdpwssd        zmm11, zmm25, zmm30
0321 vpbroadcastd    zmm30, [rax+30C]
032b vpdpwssd        zmm12, zmm24, zmm30
0331 vpdpwssd        zmm13, zmm25, zmm30
0337 add             rax, 10
033d add             rdx, 200
0344 dec             edi
0346 jne             near 0000000000000091
034c vmovdqu32       [rcx], zmm0
0352 vmovdqu32       [rcx+40], zmm1
0359 vmovdqu32       [rcx+80], zmm2
0360 vmovdqu32       [rcx+0C0], zmm3
0367 vmovdqu32       [rcx+100], zmm4
036e vmovdqu32       [rcx+140], zmm5
0375 vmovdqu32       [rcx+180], zmm6
037c vmovdqu32       [rcx+1C0], zmm7
0383 vmovdqu32       [rcx+200], zmm8
038a vmovdqu32       [rcx+240], zmm9
0391 vmovdqu32       [rcx+280], zmm10
0398 vmovdqu32       [rcx+2C0], zmm11
039f vmovdqu32       [rcx+300], zmm12
03a6 vmovdqu32       [rcx+340], zmm13
03ad add             rsi, 380
03b4 add             rcx, 380
03bb cmp             r9, 0
03bf jg              near 0000000000000018
03c5 add             r8, 1000
03cc dec             r10d
03cf jne             near 0000000000000015
03d5 vzeroupper
03d8 ret
