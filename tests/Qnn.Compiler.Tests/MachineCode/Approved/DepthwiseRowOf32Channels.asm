0000 push            rbx
0001 push            rbp
0002 mov             r8, [rdi+20]
0006 mov             r9, [rdi+28]
000a mov             r10, [rdi+30]
000e mov             rcx, [rdi]
0011 mov             rdx, [rdi+8]
0015 mov             rsi, [rdi+10]
0019 mov             r11, [rdi+18]
001d vmovdqu32       zmm29, [r11+40]
0024 mov             rax, 0FFFFFFFF
002e kmovq           k1, rax
0033 vmovdqu32       ymm0, [rdx]
0039 vmovdqu32       ymm1, [rdx+40]
0040 vmovdqu32       ymm2, [rdx+80]
0047 vmovdqu32       ymm3, [rdx+0C0]
004e vmovdqu32       ymm4, [rdx+100]
0055 vmovdqu32       ymm5, [rdx+140]
005c vmovdqu32       ymm6, [rdx+180]
0063 vmovdqu32       ymm7, [rdx+1C0]
006a vmovdqu32       ymm8, [rdx+200]
0071 vmovdqu32       ymm9, [rdx+240]
0078 vmovdqu32       ymm10, [rdx+280]
007f vmovdqu32       ymm11, [rdx+2C0]
0086 mov             rax, rcx
0089 xor             ebx, ebx
008b vmovdqu32       ymm12, [r11+100]
0092 vmovdqu32       ymm13, [r11+100]
0099 vmovdqu32       ymm14, [r11+100]
00a0 vmovdqu32       ymm15, [r11+100]
00a7 vmovdqu8        ymm30, [r8+rbx]
00ae vmovdqu8        ymm31, [r9+rbx]
00b5 vpunpcklbw      ymm16, ymm30, ymm31
00bb vpunpckhbw      ymm18, ymm30, ymm31
00c1 vmovdqu8        ymm30, [r10+rbx]
00c8 vpunpckhbw      ymm31, ymm30, ymm30
00ce vpunpcklbw      ymm30, ymm30, ymm30
00d4 vpunpckhwd      ymm17, ymm16, ymm30
00da vpunpcklwd      ymm16, ymm16, ymm30
00e0 vpunpckhwd      ymm19, ymm18, ymm31
00e6 vpunpcklwd      ymm18, ymm18, ymm31
00ec add             rbx, 20
00f0 mov             ebp, 4
00f5 vmovdqu8        ymm30, [r8+rbx]
00fc vmovdqu8        ymm31, [r9+rbx]
0103 vpunpcklbw      ymm20, ymm30, ymm31
0109 vpunpckhbw      ymm22, ymm30, ymm31
010f vmovdqu8        ymm30, [r10+rbx]
0116 vpunpckhbw      ymm31, ymm30, ymm30
011c vpunpcklbw      ymm30, ymm30, ymm30
0122 vpunpckhwd      ymm21, ymm20, ymm30
0128 vpunpcklwd      ymm20, ymm20, ymm30
012e vpunpckhwd      ymm23, ymm22, ymm31
0134 vpunpcklwd      ymm22, ymm22, ymm31
013a add             rbx, 20
013e vmovdqu32       ymm24, [rsi]
0144 vmovdqu32       ymm25, [rsi+0C0]
014b vmovdqu32       ymm26, [rsi+180]
0152 vmovdqu32       ymm27, [rsi+240]
0159 vpdpbusd        ymm24, ymm12, ymm0
015f vpdpbusd        ymm25, ymm13, ymm1
0165 vpdpbusd        ymm26, ymm14, ymm2
016b vpdpbusd        ymm27, ymm15, ymm3
0171 vpdpbusd        ymm24, ymm16, ymm4
0177 vpdpbusd        ymm25, ymm17, ymm5
017d vpdpbusd        ymm26, ymm18, ymm6
0183 vpdpbusd        ymm27, ymm19, ymm7
0189 vpdpbusd        ymm24, ymm20, ymm8
018f vpdpbusd        ymm25, ymm21, ymm9
0195 vpdpbusd        ymm26, ymm22, ymm10
019b vpdpbusd        ymm27, ymm23, ymm11
01a1 vcvtdq2ps       ymm24, ymm24
01a7 vmulps          ymm24, ymm24, [rsi+40]
01ae vcvtps2dq       ymm24, ymm24
01b4 vcvtdq2ps       ymm25, ymm25
01ba vmulps          ymm25, ymm25, [rsi+100]
01c1 vcvtps2dq       ymm25, ymm25
01c7 vcvtdq2ps       ymm26, ymm26
01cd vmulps          ymm26, ymm26, [rsi+1C0]
01d4 vcvtps2dq       ymm26, ymm26
01da vcvtdq2ps       ymm27, ymm27
01e0 vmulps          ymm27, ymm27, [rsi+280]
01e7 vcvtps2dq       ymm27, ymm27
01ed vpackssdw       ymm24, ymm24, ymm25
01f3 vpaddsw         ymm24, ymm24, ymm29
01f9 vpackssdw       ymm26, ymm26, ymm27
01ff vpaddsw         ymm26, ymm26, ymm29
0205 vpackuswb       ymm24, ymm24, ymm26
020b vmovdqu8        [rax], ymm24
0211 add             rax, 20
0217 vmovdqu8        ymm30, [r8+rbx]
021e vmovdqu8        ymm31, [r9+rbx]
0225 vpunpcklbw      ymm12, ymm30, ymm31
022b vpunpckhbw      ymm14, ymm30, ymm31
0231 vmovdqu8        ymm30, [r10+rbx]
0238 vpunpckhbw      ymm31, ymm30, ymm30
023e vpunpcklbw      ymm30, ymm30, ymm30
0244 vpunpckhwd      ymm13, ymm12, ymm30
024a vpunpcklwd      ymm12, ymm12, ymm30
0250 vpunpckhwd      ymm15, ymm14, ymm31
0256 vpunpcklwd      ymm14, ymm14, ymm31
025c add             rbx, 20
0260 vmovdqu32       ymm24, [rsi]
0266 vmovdqu32       ymm25, [rsi+0C0]
026d vmovdqu32       ymm26, [rsi+180]
0274 vmovdqu32       ymm27, [rsi+240]
027b vpdpbusd        ymm24, ymm16, ymm0
0281 vpdpbusd        ymm25, ymm17, ymm1
0287 vpdpbusd        ymm26, ymm18, ymm2
028d vpdpbusd        ymm27, ymm19, ymm3
0293 vpdpbusd        ymm24, ymm20, ymm4
0299 vpdpbusd        ymm25, ymm21, ymm5
029f vpdpbusd        ymm26, ymm22, ymm6
02a5 vpdpbusd        ymm27, ymm23, ymm7
02ab vpdpbusd        ymm24, ymm12, ymm8
02b1 vpdpbusd        ymm25, ymm13, ymm9
02b7 vpdpbusd        ymm26, ymm14, ymm10
02bd vpdpbusd        ymm27, ymm15, ymm11
02c3 vcvtdq2ps       ymm24, ymm24
02c9 vmulps          ymm24, ymm24, [rsi+40]
02d0 vcvtps2dq       ymm24, ymm24
02d6 vcvtdq2ps       ymm25, ymm25
02dc vmulps          ymm25, ymm25, [rsi+100]
02e3 vcvtps2dq       ymm25, ymm25
02e9 vcvtdq2ps       ymm26, ymm26
02ef vmulps          ymm26, ymm26, [rsi+1C0]
02f6 vcvtps2dq       ymm26, ymm26
02fc vcvtdq2ps       ymm27, ymm27
0302 vmulps          ymm27, ymm27, [rsi+280]
0309 vcvtps2dq       ymm27, ymm27
030f vpackssdw       ymm24, ymm24, ymm25
0315 vpaddsw         ymm24, ymm24, ymm29
031b vpackssdw       ymm26, ymm26, ymm27
0321 vpaddsw         ymm26, ymm26, ymm29
0327 vpackuswb       ymm24, ymm24, ymm26
032d vmovdqu8        [rax], ymm24
0333 add             rax, 20
0339 vmovdqu8        ymm30, [r8+rbx]
0340 vmovdqu8        ymm31, [r9+rbx]
0347 vpunpcklbw      ymm16, ymm30, ymm31
034d vpunpckhbw      ymm18, ymm30, ymm31
0353 vmovdqu8        ymm30, [r10+rbx]
035a vpunpckhbw      ymm31, ymm30, ymm30
0360 vpunpcklbw      ymm30, ymm30, ymm30
0366 vpunpckhwd      ymm17, ymm16, ymm30
036c vpunpcklwd      ymm16, ymm16, ymm30
0372 vpunpckhwd      ymm19, ymm18, ymm31
0378 vpunpcklwd      ymm18, ymm18, ymm31
037e add             rbx, 20
0382 vmovdqu32       ymm24, [rsi]
0388 vmovdqu32       ymm25, [rsi+0C0]
038f vmovdqu32       ymm26, [rsi+180]
0396 vmovdqu32       ymm27, [rsi+240]
039d vpdpbusd        ymm24, ymm20, ymm0
03a3 vpdpbusd        ymm25, ymm21, ymm1
03a9 vpdpbusd        ymm26, ymm22, ymm2
03af vpdpbusd        ymm27, ymm23, ymm3
03b5 vpdpbusd        ymm24, ymm12, ymm4
03bb vpdpbusd        ymm25, ymm13, ymm5
03c1 vpdpbusd        ymm26, ymm14, ymm6
03c7 vpdpbusd        ymm27, ymm15, ymm7
03cd vpdpbusd        ymm24, ymm16, ymm8
03d3 vpdpbusd        ymm25, ymm17, ymm9
03d9 vpdpbusd        ymm26, ymm18, ymm10
03df vpdpbusd        ymm27, ymm19, ymm11
03e5 vcvtdq2ps       ymm24, ymm24
03eb vmulps          ymm24, ymm24, [rsi+40]
03f2 vcvtps2dq       ymm24, ymm24
03f8 vcvtdq2ps       ymm25, ymm25
03fe vmulps          ymm25, ymm25, [rsi+100]
0405 vcvtps2dq       ymm25, ymm25
040b vcvtdq2ps       ymm26, ymm26
0411 vmulps          ymm26, ymm26, [rsi+1C0]
0418 vcvtps2dq       ymm26, ymm26
041e vcvtdq2ps       ymm27, ymm27
0424 vmulps          ymm27, ymm27, [rsi+280]
042b vcvtps2dq       ymm27, ymm27
0431 vpackssdw       ymm24, ymm24, ymm25
0437 vpaddsw         ymm24, ymm24, ymm29
043d vpackssdw       ymm26, ymm26, ymm27
0443 vpaddsw         ymm26, ymm26, ymm29
0449 vpackuswb       ymm24, ymm24, ymm26
044f vmovdqu8        [rax], ymm24
0455 add             rax, 20
045b dec             ebp
045d jne             near 00000000000000F5
0463 vmovdqu8        ymm30, [r8+rbx]
046a vmovdqu8        ymm31, [r9+rbx]
0471 vpunpcklbw      ymm20, ymm30, ymm31
0477 vpunpckhbw      ymm22, ymm30, ymm31
047d vmovdqu8        ymm30, [r10+rbx]
0484 vpunpckhbw      ymm31, ymm30, ymm30
048a vpunpcklbw      ymm30, ymm30, ymm30
0490 vpunpckhwd      ymm21, ymm20, ymm30
0496 vpunpcklwd      ymm20, ymm20, ymm30
049c vpunpckhwd      ymm23, ymm22, ymm31
04a2 vpunpcklwd      ymm22, ymm22, ymm31
04a8 add             rbx, 20
04ac vmovdqu32       ymm24, [rsi]
04b2 vmovdqu32       ymm25, [rsi+0C0]
04b9 vmovdqu32       ymm26, [rsi+180]
04c0 vmovdqu32       ymm27, [rsi+240]
04c7 vpdpbusd        ymm24, ymm12, ymm0
04cd vpdpbusd        ymm25, ymm13, ymm1
04d3 vpdpbusd        ymm26, ymm14, ymm2
04d9 vpdpbusd        ymm27, ymm15, ymm3
04df vpdpbusd        ymm24, ymm16, ymm4
04e5 vpdpbusd        ymm25, ymm17, ymm5
04eb vpdpbusd        ymm26, ymm18, ymm6
04f1 vpdpbusd        ymm27, ymm19, ymm7
04f7 vpdpbusd        ymm24, ymm20, ymm8
04fd vpdpbusd        ymm25, ymm21, ymm9
0503 vpdpbusd        ymm26, ymm22, ymm10
0509 vpdpbusd        ymm27, ymm23, ymm11
050f vcvtdq2ps       ymm24, ymm24
0515 vmulps          ymm24, ymm24, [rsi+40]
051c vcvtps2dq       ymm24, ymm24
0522 vcvtdq2ps       ymm25, ymm25
0528 vmulps          ymm25, ymm25, [rsi+100]
052f vcvtps2dq       ymm25, ymm25
0535 vcvtdq2ps       ymm26, ymm26
053b vmulps          ymm26, ymm26, [rsi+1C0]
0542 vcvtps2dq       ymm26, ymm26
0548 vcvtdq2ps       ymm27, ymm27
054e vmulps          ymm27, ymm27, [rsi+280]
0555 vcvtps2dq       ymm27, ymm27
055b vpackssdw       ymm24, ymm24, ymm25
0561 vpaddsw         ymm24, ymm24, ymm29
0567 vpackssdw       ymm26, ymm26, ymm27
056d vpaddsw         ymm26, ymm26, ymm29
0573 vpackuswb       ymm24, ymm24, ymm26
0579 vmovdqu8        [rax], ymm24
057f add             rax, 20
0585 vmovdqu32       ymm12, [r11+100]
058c vmovdqu32       ymm13, [r11+100]
0593 vmovdqu32       ymm14, [r11+100]
059a vmovdqu32       ymm15, [r11+100]
05a1 vmovdqu32       ymm24, [rsi]
05a7 vmovdqu32       ymm25, [rsi+0C0]
05ae vmovdqu32       ymm26, [rsi+180]
05b5 vmovdqu32       ymm27, [rsi+240]
05bc vpdpbusd        ymm24, ymm16, ymm0
05c2 vpdpbusd        ymm25, ymm17, ymm1
05c8 vpdpbusd        ymm26, ymm18, ymm2
05ce vpdpbusd        ymm27, ymm19, ymm3
05d4 vpdpbusd        ymm24, ymm20, ymm4
05da vpdpbusd        ymm25, ymm21, ymm5
05e0 vpdpbusd        ymm26, ymm22, ymm6
05e6 vpdpbusd        ymm27, ymm23, ymm7
05ec vpdpbusd        ymm24, ymm12, ymm8
05f2 vpdpbusd        ymm25, ymm13, ymm9
05f8 vpdpbusd        ymm26, ymm14, ymm10
05fe vpdpbusd        ymm27, ymm15, ymm11
0604 vcvtdq2ps       ymm24, ymm24
060a vmulps          ymm24, ymm24, [rsi+40]
0611 vcvtps2dq       ymm24, ymm24
0617 vcvtdq2ps       ymm25, ymm25
061d vmulps          ymm25, ymm25, [rsi+100]
0624 vcvtps2dq       ymm25, ymm25
062a vcvtdq2ps       ymm26, ymm26
0630 vmulps          ymm26, ymm26, [rsi+1C0]
0637 vcvtps2dq       ymm26, ymm26
063d vcvtdq2ps       ymm27, ymm27
0643 vmulps          ymm27, ymm27, [rsi+280]
064a vcvtps2dq       ymm27, ymm27
0650 vpackssdw       ymm24, ymm24, ymm25
0656 vpaddsw         ymm24, ymm24, ymm29
065c vpackssdw       ymm26, ymm26, ymm27
0662 vpaddsw         ymm26, ymm26, ymm29
0668 vpackuswb       ymm24, ymm24, ymm26
066e vmovdqu8        [rax], ymm24
0674 add             rax, 20
067a vzeroupper
067d pop             rbp
067e pop             rbx
067f ret
