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
0024 mov             eax, 10001
0029 vpbroadcastd    zmm22, eax
002f mov             edi, 1
0034 vmovdqu32       zmm0, [rdx]
003a vmovdqu32       zmm1, [rdx+40]
0041 vmovdqu32       zmm2, [rdx+80]
0048 vmovdqu32       zmm3, [rdx+0C0]
004f vmovdqu32       zmm4, [rdx+100]
0056 vmovdqu32       zmm5, [rdx+140]
005d vmovdqu32       zmm6, [rdx+180]
0064 vmovdqu32       zmm7, [rdx+1C0]
006b vmovdqu32       zmm8, [rdx+200]
0072 vmovdqu32       zmm9, [rdx+240]
0079 vmovdqu32       zmm10, [rdx+280]
0080 vmovdqu32       zmm11, [rdx+2C0]
0087 mov             rax, rcx
008a mov             rbx, 0FFFFFFFFFFFFFFC0
0094 vmovdqu32       zmm24, [rsi]
009a vmovdqu32       zmm25, [rsi+0C0]
00a1 vmovdqu32       zmm26, [rsi+180]
00a8 vmovdqu32       zmm27, [rsi+240]
00af vmovdqu32       zmm20, [r11+100]
00b6 vmovdqu8        zmm21, [r8+rbx+40]
00be vpunpcklbw      zmm12, zmm20, zmm21
00c4 vpunpckhbw      zmm13, zmm20, zmm21
00ca vpmaddubsw      zmm12, zmm12, zmm0
00d0 vpmaddubsw      zmm13, zmm13, zmm1
00d6 vmovdqu8        zmm20, [r8+rbx+80]
00de vmovdqu32       zmm21, [r11+100]
00e5 vpunpcklbw      zmm14, zmm20, zmm21
00eb vpunpckhbw      zmm15, zmm20, zmm21
00f1 vpmaddubsw      zmm14, zmm14, zmm2
00f7 vpmaddubsw      zmm15, zmm15, zmm3
00fd vpunpcklwd      zmm16, zmm12, zmm14
0103 vpdpwssd        zmm24, zmm16, zmm22
0109 vpunpckhwd      zmm17, zmm12, zmm14
010f vpdpwssd        zmm25, zmm17, zmm22
0115 vpunpcklwd      zmm18, zmm13, zmm15
011b vpdpwssd        zmm26, zmm18, zmm22
0121 vpunpckhwd      zmm19, zmm13, zmm15
0127 vpdpwssd        zmm27, zmm19, zmm22
012d vmovdqu8        zmm20, [r9+rbx+40]
0135 vmovdqu8        zmm21, [r9+rbx+80]
013d vpunpcklbw      zmm12, zmm20, zmm21
0143 vpunpckhbw      zmm13, zmm20, zmm21
0149 vpmaddubsw      zmm12, zmm12, zmm4
014f vpmaddubsw      zmm13, zmm13, zmm5
0155 vmovdqu32       zmm20, [r11+100]
015c vmovdqu8        zmm21, [r10+rbx+40]
0164 vpunpcklbw      zmm14, zmm20, zmm21
016a vpunpckhbw      zmm15, zmm20, zmm21
0170 vpmaddubsw      zmm14, zmm14, zmm6
0176 vpmaddubsw      zmm15, zmm15, zmm7
017c vpunpcklwd      zmm16, zmm12, zmm14
0182 vpdpwssd        zmm24, zmm16, zmm22
0188 vpunpckhwd      zmm17, zmm12, zmm14
018e vpdpwssd        zmm25, zmm17, zmm22
0194 vpunpcklwd      zmm18, zmm13, zmm15
019a vpdpwssd        zmm26, zmm18, zmm22
01a0 vpunpckhwd      zmm19, zmm13, zmm15
01a6 vpdpwssd        zmm27, zmm19, zmm22
01ac vmovdqu8        zmm20, [r10+rbx+80]
01b4 vpunpcklbw      zmm12, zmm20, zmm20
01ba vpunpckhbw      zmm13, zmm20, zmm20
01c0 vpunpcklwd      zmm16, zmm12, zmm12
01c6 vpdpbusd        zmm24, zmm16, zmm8
01cc vpunpckhwd      zmm17, zmm12, zmm12
01d2 vpdpbusd        zmm25, zmm17, zmm9
01d8 vpunpcklwd      zmm18, zmm13, zmm13
01de vpdpbusd        zmm26, zmm18, zmm10
01e4 vpunpckhwd      zmm19, zmm13, zmm13
01ea vpdpbusd        zmm27, zmm19, zmm11
01f0 vcvtdq2ps       zmm24, zmm24
01f6 vmulps          zmm24, zmm24, [rsi+40]
01fd vcvtps2dq       zmm24, zmm24
0203 vcvtdq2ps       zmm25, zmm25
0209 vmulps          zmm25, zmm25, [rsi+100]
0210 vcvtps2dq       zmm25, zmm25
0216 vcvtdq2ps       zmm26, zmm26
021c vmulps          zmm26, zmm26, [rsi+1C0]
0223 vcvtps2dq       zmm26, zmm26
0229 vcvtdq2ps       zmm27, zmm27
022f vmulps          zmm27, zmm27, [rsi+280]
0236 vcvtps2dq       zmm27, zmm27
023c vpackssdw       zmm24, zmm24, zmm25
0242 vpaddsw         zmm24, zmm24, zmm29
0248 vpackssdw       zmm26, zmm26, zmm27
024e vpaddsw         zmm26, zmm26, zmm29
0254 vpackuswb       zmm24, zmm24, zmm26
025a vmovdqu8        [rax], zmm24
0260 add             rax, 40
0266 add             rbx, 40
026a mov             ebp, 0C
026f vmovdqu32       zmm24, [rsi]
0275 vmovdqu32       zmm25, [rsi+0C0]
027c vmovdqu32       zmm26, [rsi+180]
0283 vmovdqu32       zmm27, [rsi+240]
028a vmovdqu8        zmm20, [r8+rbx]
0291 vmovdqu8        zmm21, [r8+rbx+40]
0299 vpunpcklbw      zmm12, zmm20, zmm21
029f vpunpckhbw      zmm13, zmm20, zmm21
02a5 vpmaddubsw      zmm12, zmm12, zmm0
02ab vpmaddubsw      zmm13, zmm13, zmm1
02b1 vmovdqu8        zmm20, [r8+rbx+80]
02b9 vmovdqu8        zmm21, [r9+rbx]
02c0 vpunpcklbw      zmm14, zmm20, zmm21
02c6 vpunpckhbw      zmm15, zmm20, zmm21
02cc vpmaddubsw      zmm14, zmm14, zmm2
02d2 vpmaddubsw      zmm15, zmm15, zmm3
02d8 vpunpcklwd      zmm16, zmm12, zmm14
02de vpdpwssd        zmm24, zmm16, zmm22
02e4 vpunpckhwd      zmm17, zmm12, zmm14
02ea vpdpwssd        zmm25, zmm17, zmm22
02f0 vpunpcklwd      zmm18, zmm13, zmm15
02f6 vpdpwssd        zmm26, zmm18, zmm22
02fc vpunpckhwd      zmm19, zmm13, zmm15
0302 vpdpwssd        zmm27, zmm19, zmm22
0308 vmovdqu8        zmm20, [r9+rbx+40]
0310 vmovdqu8        zmm21, [r9+rbx+80]
0318 vpunpcklbw      zmm12, zmm20, zmm21
031e vpunpckhbw      zmm13, zmm20, zmm21
0324 vpmaddubsw      zmm12, zmm12, zmm4
032a vpmaddubsw      zmm13, zmm13, zmm5
0330 vmovdqu8        zmm20, [r10+rbx]
0337 vmovdqu8        zmm21, [r10+rbx+40]
033f vpunpcklbw      zmm14, zmm20, zmm21
0345 vpunpckhbw      zmm15, zmm20, zmm21
034b vpmaddubsw      zmm14, zmm14, zmm6
0351 vpmaddubsw      zmm15, zmm15, zmm7
0357 vpunpcklwd      zmm16, zmm12, zmm14
035d vpdpwssd        zmm24, zmm16, zmm22
0363 vpunpckhwd      zmm17, zmm12, zmm14
0369 vpdpwssd        zmm25, zmm17, zmm22
036f vpunpcklwd      zmm18, zmm13, zmm15
0375 vpdpwssd        zmm26, zmm18, zmm22
037b vpunpckhwd      zmm19, zmm13, zmm15
0381 vpdpwssd        zmm27, zmm19, zmm22
0387 vmovdqu8        zmm20, [r10+rbx+80]
038f vpunpcklbw      zmm12, zmm20, zmm20
0395 vpunpckhbw      zmm13, zmm20, zmm20
039b vpunpcklwd      zmm16, zmm12, zmm12
03a1 vpdpbusd        zmm24, zmm16, zmm8
03a7 vpunpckhwd      zmm17, zmm12, zmm12
03ad vpdpbusd        zmm25, zmm17, zmm9
03b3 vpunpcklwd      zmm18, zmm13, zmm13
03b9 vpdpbusd        zmm26, zmm18, zmm10
03bf vpunpckhwd      zmm19, zmm13, zmm13
03c5 vpdpbusd        zmm27, zmm19, zmm11
03cb vcvtdq2ps       zmm24, zmm24
03d1 vmulps          zmm24, zmm24, [rsi+40]
03d8 vcvtps2dq       zmm24, zmm24
03de vcvtdq2ps       zmm25, zmm25
03e4 vmulps          zmm25, zmm25, [rsi+100]
03eb vcvtps2dq       zmm25, zmm25
03f1 vcvtdq2ps       zmm26, zmm26
03f7 vmulps          zmm26, zmm26, [rsi+1C0]
03fe vcvtps2dq       zmm26, zmm26
0404 vcvtdq2ps       zmm27, zmm27
040a vmulps          zmm27, zmm27, [rsi+280]
0411 vcvtps2dq       zmm27, zmm27
0417 vpackssdw       zmm24, zmm24, zmm25
041d vpaddsw         zmm24, zmm24, zmm29
0423 vpackssdw       zmm26, zmm26, zmm27
0429 vpaddsw         zmm26, zmm26, zmm29
042f vpackuswb       zmm24, zmm24, zmm26
0435 vmovdqu8        [rax], zmm24
043b add             rax, 40
0441 add             rbx, 40
0445 dec             ebp
0447 jne             near 000000000000026F
044d vmovdqu32       zmm24, [rsi]
0453 vmovdqu32       zmm25, [rsi+0C0]
045a vmovdqu32       zmm26, [rsi+180]
0461 vmovdqu32       zmm27, [rsi+240]
0468 vmovdqu8        zmm20, [r8+rbx]
046f vmovdqu8        zmm21, [r8+rbx+40]
0477 vpunpcklbw      zmm12, zmm20, zmm21
047d vpunpckhbw      zmm13, zmm20, zmm21
0483 vpmaddubsw      zmm12, zmm12, zmm0
0489 vpmaddubsw      zmm13, zmm13, zmm1
048f vmovdqu32       zmm20, [r11+100]
0496 vmovdqu8        zmm21, [r9+rbx]
049d vpunpcklbw      zmm14, zmm20, zmm21
04a3 vpunpckhbw      zmm15, zmm20, zmm21
04a9 vpmaddubsw      zmm14, zmm14, zmm2
04af vpmaddubsw      zmm15, zmm15, zmm3
04b5 vpunpcklwd      zmm16, zmm12, zmm14
04bb vpdpwssd        zmm24, zmm16, zmm22
04c1 vpunpckhwd      zmm17, zmm12, zmm14
04c7 vpdpwssd        zmm25, zmm17, zmm22
04cd vpunpcklwd      zmm18, zmm13, zmm15
04d3 vpdpwssd        zmm26, zmm18, zmm22
04d9 vpunpckhwd      zmm19, zmm13, zmm15
04df vpdpwssd        zmm27, zmm19, zmm22
04e5 vmovdqu8        zmm20, [r9+rbx+40]
04ed vmovdqu32       zmm21, [r11+100]
04f4 vpunpcklbw      zmm12, zmm20, zmm21
04fa vpunpckhbw      zmm13, zmm20, zmm21
0500 vpmaddubsw      zmm12, zmm12, zmm4
0506 vpmaddubsw      zmm13, zmm13, zmm5
050c vmovdqu8        zmm20, [r10+rbx]
0513 vmovdqu8        zmm21, [r10+rbx+40]
051b vpunpcklbw      zmm14, zmm20, zmm21
0521 vpunpckhbw      zmm15, zmm20, zmm21
0527 vpmaddubsw      zmm14, zmm14, zmm6
052d vpmaddubsw      zmm15, zmm15, zmm7
0533 vpunpcklwd      zmm16, zmm12, zmm14
0539 vpdpwssd        zmm24, zmm16, zmm22
053f vpunpckhwd      zmm17, zmm12, zmm14
0545 vpdpwssd        zmm25, zmm17, zmm22
054b vpunpcklwd      zmm18, zmm13, zmm15
0551 vpdpwssd        zmm26, zmm18, zmm22
0557 vpunpckhwd      zmm19, zmm13, zmm15
055d vpdpwssd        zmm27, zmm19, zmm22
0563 vmovdqu32       zmm20, [r11+100]
056a vpunpcklbw      zmm12, zmm20, zmm20
0570 vpunpckhbw      zmm13, zmm20, zmm20
0576 vpunpcklwd      zmm16, zmm12, zmm12
057c vpdpbusd        zmm24, zmm16, zmm8
0582 vpunpckhwd      zmm17, zmm12, zmm12
0588 vpdpbusd        zmm25, zmm17, zmm9
058e vpunpcklwd      zmm18, zmm13, zmm13
0594 vpdpbusd        zmm26, zmm18, zmm10
059a vpunpckhwd      zmm19, zmm13, zmm13
05a0 vpdpbusd        zmm27, zmm19, zmm11
05a6 vcvtdq2ps       zmm24, zmm24
05ac vmulps          zmm24, zmm24, [rsi+40]
05b3 vcvtps2dq       zmm24, zmm24
05b9 vcvtdq2ps       zmm25, zmm25
05bf vmulps          zmm25, zmm25, [rsi+100]
05c6 vcvtps2dq       zmm25, zmm25
05cc vcvtdq2ps       zmm26, zmm26
05d2 vmulps          zmm26, zmm26, [rsi+1C0]
05d9 vcvtps2dq       zmm26, zmm26
05df vcvtdq2ps       zmm27, zmm27
05e5 vmulps          zmm27, zmm27, [rsi+280]
05ec vcvtps2dq       zmm27, zmm27
05f2 vpackssdw       zmm24, zmm24, zmm25
05f8 vpaddsw         zmm24, zmm24, zmm29
05fe vpackssdw       zmm26, zmm26, zmm27
0604 vpaddsw         zmm26, zmm26, zmm29
060a vpackuswb       zmm24, zmm24, zmm26
0610 vmovdqu8        [rax], zmm24
0616 add             rax, 40
061c add             rbx, 40
0620 add             r8, 40
0624 add             r9, 40
0628 add             r10, 40
062c add             rcx, 40
0630 add             rdx, 300
0637 add             rsi, 300
063e dec             edi
0640 jne             near 0000000000000034
0646 vzeroupper
0649 pop             rbp
064a pop             rbx
064b ret
