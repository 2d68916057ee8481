0000 push            rbx
0001 push            rbp
0002 mov             rbx, rdi
0005 mov             rsi, [rbx]
0008 mov             r8, [rbx+8]
000c mov             rcx, [rbx+10]
0010 mov             r10, [rbx+20]
0014 mov             rbp, [rbx+28]
0018 imul            rbp, 40
001c add             rbp, 40
0020 mov             r9, [rbx+18]
0024 cmp             r9, 7
0028 jl              near 0000000000000433
002e mov             rax, rsi
0031 mov             rdx, r8
0034 mov             rdi, [rbx+30]
0038 cmp             rdi, 0
003c mov             rdi, [rbx+28]
0040 vpxord          zmm0, zmm0, zmm0
0046 vpxord          zmm1, zmm1, zmm1
004c vpxord          zmm2, zmm2, zmm2
0052 vpxord          zmm3, zmm3, zmm3
0058 vpxord          zmm4, zmm4, zmm4
005e vpxord          zmm5, zmm5, zmm5
0064 vpxord          zmm6, zmm6, zmm6
006a vpxord          zmm7, zmm7, zmm7
0070 vpxord          zmm8, zmm8, zmm8
0076 vpxord          zmm9, zmm9, zmm9
007c vpxord          zmm10, zmm10, zmm10
0082 vpxord          zmm11, zmm11, zmm11
0088 vpxord          zmm12, zmm12, zmm12
008e vpxord          zmm13, zmm13, zmm13
0094 je              short 00000000000000F7
0096 vmovdqu32       zmm0, [rcx]
009c vmovdqu32       zmm1, [rcx+40]
00a3 vmovdqu32       zmm2, [rcx+80]
00aa vmovdqu32       zmm3, [rcx+0C0]
00b1 vmovdqu32       zmm4, [rcx+100]
00b8 vmovdqu32       zmm5, [rcx+140]
00bf vmovdqu32       zmm6, [rcx+180]
00c6 vmovdqu32       zmm7, [rcx+1C0]
00cd vmovdqu32       zmm8, [rcx+200]
00d4 vmovdqu32       zmm9, [rcx+240]
00db vmovdqu32       zmm10, [rcx+280]
00e2 vmovdqu32       zmm11, [rcx+2C0]
00e9 vmovdqu32       zmm12, [rcx+300]
00f0 vmovdqu32       zmm13, [rcx+340]
00f7 vmovdqu32       zmm24, [rdx]
00fd prefetcht0      [rdx+rbp]
0101 vmovdqu32       zmm25, [rdx+40]
0108 prefetcht0      [rdx+rbp+40]
010d vpbroadcastd    zmm30, [rax]
0113 vpdpwssd        zmm0, zmm24, zmm30
0119 vpdpwssd        zmm1, zmm25, zmm30
011f vpbroadcastd    zmm30, [rax+80]
0126 vpdpwssd        zmm2, zmm24, zmm30
012c vpdpwssd        zmm3, zmm25, zmm30
0132 vpbroadcastd    zmm30, [rax+100]
0139 vpdpwssd        zmm4, zmm24, zmm30
013f vpdpwssd        zmm5, zmm25, zmm30
0145 vpbroadcastd    zmm30, [rax+180]
014c vpdpwssd        zmm6, zmm24, zmm30
0152 vpdpwssd        zmm7, zmm25, zmm30
0158 vpbroadcastd    zmm30, [rax+200]
0162 vpdpwssd        zmm8, zmm24, zmm30
0168 vpdpwssd        zmm9, zmm25, zmm30
016e vpbroadcastd    zmm30, [rax+280]
0178 vpdpwssd        zmm10, zmm24, zmm30
017e vpdpwssd        zmm11, zmm25, zmm30
0184 vpbroadcastd    zmm30, [rax+300]
018e vpdpwssd        zmm12, zmm24, zmm30
0194 vpdpwssd        zmm13, zmm25, zmm30
019a vmovdqu32       zmm24, [rdx+80]
01a1 prefetcht0      [rdx+rbp+80]
01a9 vmovdqu32       zmm25, [rdx+0C0]
01b0 prefetcht0      [rdx+rbp+0C0]
01b8 vpbroadcastd    zmm30, [rax+4]
01bf vpdpwssd        zmm0, zmm24, zmm30
01c5 vpdpwssd        zmm1, zmm25, zmm30
01cb vpbroadcastd    zmm30, [rax+84]
01d2 vpdpwssd        zmm2, zmm24, zmm30
01d8 vpdpwssd        zmm3, zmm25, zmm30
01de vpbroadcastd    zmm30, [rax+104]
01e5 vpdpwssd        zmm4, zmm24, zmm30
01eb vpdpwssd        zmm5, zmm25, zmm30
01f1 vpbroadcastd    zmm30, [rax+184]
01f8 vpdpwssd        zmm6, zmm24, zmm30
01fe vpdpwssd        zmm7, zmm25, zmm30
0204 vpbroadcastd    zmm30, [rax+204]
020e vpdpwssd        zmm8, zmm24, zmm30
0214 vpdpwssd        zmm9, zmm25, zmm30
021a vpbroadcastd    zmm30, [rax+284]
0224 vpdpwssd        zmm10, zmm24, zmm30
022a vpdpwssd        zmm11, zmm25, zmm30
0230 vpbroadcastd    zmm30, [rax+304]
023a vpdpwssd        zmm12, zmm24, zmm30
0240 vpdpwssd        zmm13, zmm25, zmm30
0246 vmovdqu32       zmm24, [rdx+100]
024d prefetcht0      [rdx+rbp+100]
0255 vmovdqu32       zmm25, [rdx+140]
025c prefetcht0      [rdx+rbp+140]
0264 vpbroadcastd    zmm30, [rax+8]
026b vpdpwssd        zmm0, zmm24, zmm30
0271 vpdpwssd        zmm1, zmm25, zmm30
0277 vpbroadcastd    zmm30, [rax+88]
027e vpdpwssd        zmm2, zmm24, zmm30
0284 vpdpwssd        zmm3, zmm25, zmm30
028a vpbroadcastd    zmm30, [rax+108]
0291 vpdpwssd        zmm4, zmm24, zmm30
0297 vpdpwssd        zmm5, zmm25, zmm30
029d vpbroadcastd    zmm30, [rax+188]
02a4 vpdpwssd        zmm6, zmm24, zmm30
02aa vpdpwssd        zmm7, zmm25, zmm30
02b0 vpbroadcastd    zmm30, [rax+208]
02ba vpdpwssd        zmm8, zmm24, zmm30
02c0 vpdpwssd        zmm9, zmm25, zmm30
02c6 vpbroadcastd    zmm30, [rax+288]
02d0 vpdpwssd        zmm10, zmm24, zmm30
02d6 vpdpwssd        zmm11, zmm25, zmm30
02dc vpbroadcastd    zmm30, [rax+308]
02e6 vpdpwssd        zmm12, zmm24, zmm30
02ec vpdpwssd        zmm13, zmm25, zmm30
02f2 vmovdqu32       zmm24, [rdx+180]
02f9 prefetcht0      [rdx+rbp+180]
0301 vmovdqu32       zmm25, [rdx+1C0]
0308 prefetcht0      [rdx+rbp+1C0]
0310 vpbroadcastd    zmm30, [rax+0C]
0317 vpdpwssd        zmm0, zmm24, zmm30
031d vpdpwssd        zmm1, zmm25, zmm30
0323 vpbroadcastd    zmm30, [rax+8C]
032a vpdpwssd        zmm2, zmm24, zmm30
0330 vpdpwssd        zmm3, zmm25, zmm30
0336 vpbroadcastd    zmm30, [rax+10C]
033d vpdpwssd        zmm4, zmm24, zmm30
0343 vpdpwssd        zmm5, zmm25, zmm30
0349 vpbroadcastd    zmm30, [rax+18C]
0350 vpdpwssd        zmm6, zmm24, zmm30
0356 vpdpwssd        zmm7, zmm25, zmm30
035c vpbroadcastd    zmm30, [rax+20C]
0366 vpdpwssd        zmm8, zmm24, zmm30
036c vpdpwssd        zmm9, zmm25, zmm30
0372 vpbroadcastd    zmm30, [rax+28C]
037c vpdpwssd        zmm10, zmm24, zmm30
0382 vpdpwssd        zmm11, zmm25, zmm30
0388 vpbroadcastd    zmm30, [rax+30C]
0392 vpdpwssd        zmm12, zmm24, zmm30
0398 vpdpwssd        zmm13, zmm25, zmm30
039e add             rax, 10
03a4 add             rdx, 200
03ab sub             rdi, 8
03af jne             near 00000000000000F7
03b5 vmovdqu32       [rcx], zmm0
03bb vmovdqu32       [rcx+40], zmm1
03c2 vmovdqu32       [rcx+80], zmm2
03c9 vmovdqu32       [rcx+0C0], zmm3
03d0 vmovdqu32       [rcx+100], zmm4
03d7 vmovdqu32       [rcx+140], zmm5
03de vmovdqu32       [rcx+180], zmm6
03e5 vmovdqu32       [rcx+1C0], zmm7
03ec vmovdqu32       [rcx+200], zmm8
03f3 vmovdqu32       [rcx+240], zmm9
03fa vmovdqu32       [rcx+280], zmm10
0401 vmovdqu32       [rcx+2C0], zmm11
0408 vmovdqu32       [rcx+300], zmm12
040f vmovdqu32       [rcx+340], zmm13
0416 add             rsi, 380
041d add             rcx, 380
0424 sub             r9, 7
0428 jne             near 0000000000000024
042e jmp             00000000000005C5
0433 mov             rax, rsi
0436 mov             rdx, r8
0439 mov             rdi, [rbx+30]
043d cmp             rdi, 0
0441 mov             rdi, [rbx+28]
0445 vpxord          zmm0, zmm0, zmm0
044b vpxord          zmm1, zmm1, zmm1
0451 vpxord          zmm2, zmm2, zmm2
0457 vpxord          zmm3, zmm3, zmm3
045d je              short 000000000000047A
045f vmovdqu32       zmm0, [rcx]
0465 vmovdqu32       zmm1, [rcx+40]
046c vmovdqu32       zmm2, [rcx+80]
0473 vmovdqu32       zmm3, [rcx+0C0]
047a vmovdqu32       zmm24, [rdx]
0480 prefetcht0      [rdx+rbp]
0484 vmovdqu32       zmm25, [rdx+40]
048b prefetcht0      [rdx+rbp+40]
0490 vpbroadcastd    zmm30, [rax]
0496 vpdpwssd        zmm0, zmm24, zmm30
049c vpdpwssd        zmm1, zmm25, zmm30
04a2 vpbroadcastd    zmm30, [rax+80]
04a9 vpdpwssd        zmm2, zmm24, zmm30
04af vpdpwssd        zmm3, zmm25, zmm30
04b5 vmovdqu32       zmm24, [rdx+80]
04bc prefetcht0      [rdx+rbp+80]
04c4 vmovdqu32       zmm25, [rdx+0C0]
04cb prefetcht0      [rdx+rbp+0C0]
04d3 vpbroadcastd    zmm30, [rax+4]
04da vpdpwssd        zmm0, zmm24, zmm30
04e0 vpdpwssd        zmm1, zmm25, zmm30
04e6 vpbroadcastd    zmm30, [rax+84]
04ed vpdpwssd        zmm2, zmm24, zmm30
04f3 vpdpwssd        zmm3, zmm25, zmm30
04f9 vmovdqu32       zmm24, [rdx+100]
0500 prefetcht0      [rdx+rbp+100]
0508 vmovdqu32       zmm25, [rdx+140]
050f prefetcht0      [rdx+rbp+140]
0517 vpbroadcastd    zmm30, [rax+8]
051e vpdpwssd        zmm0, zmm24, zmm30
0524 vpdpwssd        zmm1, zmm25, zmm30
052a vpbroadcastd    zmm30, [rax+88]
0531 vpdpwssd        zmm2, zmm24, zmm30
0537 vpdpwssd        zmm3, zmm25, zmm30
053d vmovdqu32       zmm24, [rdx+180]
0544 prefetcht0      [rdx+rbp+180]
054c vmovdqu32       zmm25, [rdx+1C0]
0553 prefetcht0      [rdx+rbp+1C0]
055b vpbroadcastd    zmm30, [rax+0C]
0562 vpdpwssd        zmm0, zmm24, zmm30
0568 vpdpwssd        zmm1, zmm25, zmm30
056e vpbroadcastd    zmm30, [rax+8C]
0575 vpdpwssd        zmm2, zmm24, zmm30
057b vpdpwssd        zmm3, zmm25, zmm30
0581 add             rax, 10
0587 add             rdx, 200
058e sub             rdi, 8
0592 jne             near 000000000000047A
0598 vmovdqu32       [rcx], zmm0
059e vmovdqu32       [rcx+40], zmm1
05a5 vmovdqu32       [rcx+80], zmm2
05ac vmovdqu32       [rcx+0C0], zmm3
05b3 add             rsi, 100
05ba add             rcx, 100
05c1 sub             r9, 2
05c5 add             rsi, 40
05c9 add             rcx, 40
05cd add             r8, rbp
05d0 dec             r10
05d3 jne             near 0000000000000020
05d9 vzeroupper
05dc pop             rbp
05dd pop             rbx
05de ret
