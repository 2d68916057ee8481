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
002f mov             edi, [rdi+58]
0032 vmovdqu32       zmm0, [rdx]
0038 vmovdqu32       zmm1, [rdx+40]
003f vmovdqu32       zmm2, [rdx+80]
0046 vmovdqu32       zmm3, [rdx+0C0]
004d vmovdqu32       zmm4, [rdx+100]
0054 vmovdqu32       zmm5, [rdx+140]
005b vmovdqu32       zmm6, [rdx+180]
0062 vmovdqu32       zmm7, [rdx+1C0]
0069 vmovdqu32       zmm8, [rdx+200]
0070 vmovdqu32       zmm9, [rdx+240]
0077 vmovdqu32       zmm10, [rdx+280]
007e vmovdqu32       zmm11, [rdx+2C0]
0085 mov             rax, rcx
0088 mov             rbx, 0FFFFFFFFFFFFFFC0
0092 vmovdqu32       zmm24, [rsi]
0098 vmovdqu32       zmm25, [rsi+0C0]
009f vmovdqu32       zmm26, [rsi+180]
00a6 vmovdqu32       zmm27, [rsi+240]
00ad vmovdqu32       zmm20, [r11+100]
00b4 vmovdqu8        zmm21, [r8+rbx+40]
00bc vpunpcklbw      zmm12, zmm20, zmm21
00c2 vpunpckhbw      zmm13, zmm20, zmm21
00c8 vpmaddubsw      zmm12, zmm12, zmm0
00ce vpmaddubsw      zmm13, zmm13, zmm1
00d4 vmovdqu8        zmm20, [r8+rbx+80]
00dc vmovdqu32       zmm21, [r11+100]
00e3 vpunpcklbw      zmm14, zmm20, zmm21
00e9 vpunpckhbw      zmm15, zmm20, zmm21
00ef vpmaddubsw      zmm14, zmm14, zmm2
00f5 vpmaddubsw      zmm15, zmm15, zmm3
00fb vpunpcklwd      zmm16, zmm12, zmm14
0101 vpdpwssd        zmm24, zmm16, zmm22
0107 vpunpckhwd      zmm17, zmm12, zmm14
010d vpdpwssd        zmm25, zmm17, zmm22
0113 vpunpcklwd      zmm18, zmm13, zmm15
0119 vpdpwssd        zmm26, zmm18, zmm22
011f vpunpckhwd      zmm19, zmm13, zmm15
0125 vpdpwssd        zmm27, zmm19, zmm22
012b vmovdqu8        zmm20, [r9+rbx+40]
0133 vmovdqu8        zmm21, [r9+rbx+80]
013b vpunpcklbw      zmm12, zmm20, zmm21
0141 vpunpckhbw      zmm13, zmm20, zmm21
0147 vpmaddubsw      zmm12, zmm12, zmm4
014d vpmaddubsw      zmm13, zmm13, zmm5
0153 vmovdqu32       zmm20, [r11+100]
015a vmovdqu8        zmm21, [r10+rbx+40]
0162 vpunpcklbw      zmm14, zmm20, zmm21
0168 vpunpckhbw      zmm15, zmm20, zmm21
016e vpmaddubsw      zmm14, zmm14, zmm6
0174 vpmaddubsw      zmm15, zmm15, zmm7
017a vpunpcklwd      zmm16, zmm12, zmm14
0180 vpdpwssd        zmm24, zmm16, zmm22
0186 vpunpckhwd      zmm17, zmm12, zmm14
018c vpdpwssd        zmm25, zmm17, zmm22
0192 vpunpcklwd      zmm18, zmm13, zmm15
0198 vpdpwssd        zmm26, zmm18, zmm22
019e vpunpckhwd      zmm19, zmm13, zmm15
01a4 vpdpwssd        zmm27, zmm19, zmm22
01aa vmovdqu8        zmm20, [r10+rbx+80]
01b2 vpunpcklbw      zmm12, zmm20, zmm20
01b8 vpunpckhbw      zmm13, zmm20, zmm20
01be vpunpcklwd      zmm16, zmm12, zmm12
01c4 vpdpbusd        zmm24, zmm16, zmm8
01ca vpunpckhwd      zmm17, zmm12, zmm12
01d0 vpdpbusd        zmm25, zmm17, zmm9
01d6 vpunpcklwd      zmm18, zmm13, zmm13
01dc vpdpbusd        zmm26, zmm18, zmm10
01e2 vpunpckhwd      zmm19, zmm13, zmm13
01e8 vpdpbusd        zmm27, zmm19, zmm11
01ee vcvtdq2ps       zmm24, zmm24
01f4 vmulps          zmm24, zmm24, [rsi+40]
01fb vcvtps2dq       zmm24, zmm24
0201 vcvtdq2ps       zmm25, zmm25
0207 vmulps          zmm25, zmm25, [rsi+100]
020e vcvtps2dq       zmm25, zmm25
0214 vcvtdq2ps       zmm26, zmm26
021a vmulps          zmm26, zmm26, [rsi+1C0]
0221 vcvtps2dq       zmm26, zmm26
0227 vcvtdq2ps       zmm27, zmm27
022d vmulps          zmm27, zmm27, [rsi+280]
0234 vcvtps2dq       zmm27, zmm27
023a vpackssdw       zmm24, zmm24, zmm25
0240 vpaddsw         zmm24, zmm24, zmm29
0246 vpackssdw       zmm26, zmm26, zmm27
024c vpaddsw         zmm26, zmm26, zmm29
0252 vpackuswb       zmm24, zmm24, zmm26
0258 vmovdqu8        [rax], zmm24
025e add             rax, 40
0264 add             rbx, 40
0268 mov             ebp, 0C
026d vmovdqu32       zmm24, [rsi]
0273 vmovdqu32       zmm25, [rsi+0C0]
027a vmovdqu32       zmm26, [rsi+180]
0281 vmovdqu32       zmm27, [rsi+240]
0288 vmovdqu8        zmm20, [r8+rbx]
028f vmovdqu8        zmm21, [r8+rbx+40]
0297 vpunpcklbw      zmm12, zmm20, zmm21
029d vpunpckhbw      zmm13, zmm20, zmm21
02a3 vpmaddubsw      zmm12, zmm12, zmm0
02a9 vpmaddubsw      zmm13, zmm13, zmm1
02af vmovdqu8        zmm20, [r8+rbx+80]
02b7 vmovdqu8        zmm21, [r9+rbx]
02be vpunpcklbw      zmm14, zmm20, zmm21
02c4 vpunpckhbw      zmm15, zmm20, zmm21
02ca vpmaddubsw      zmm14, zmm14, zmm2
02d0 vpmaddubsw      zmm15, zmm15, zmm3
02d6 vpunpcklwd      zmm16, zmm12, zmm14
02dc vpdpwssd        zmm24, zmm16, zmm22
02e2 vpunpckhwd      zmm17, zmm12, zmm14
02e8 vpdpwssd        zmm25, zmm17, zmm22
02ee vpunpcklwd      zmm18, zmm13, zmm15
02f4 vpdpwssd        zmm26, zmm18, zmm22
02fa vpunpckhwd      zmm19, zmm13, zmm15
0300 vpdpwssd        zmm27, zmm19, zmm22
0306 vmovdqu8        zmm20, [r9+rbx+40]
030e vmovdqu8        zmm21, [r9+rbx+80]
0316 vpunpcklbw      zmm12, zmm20, zmm21
031c vpunpckhbw      zmm13, zmm20, zmm21
0322 vpmaddubsw      zmm12, zmm12, zmm4
0328 vpmaddubsw      zmm13, zmm13, zmm5
032e vmovdqu8        zmm20, [r10+rbx]
0335 vmovdqu8        zmm21, [r10+rbx+40]
033d vpunpcklbw      zmm14, zmm20, zmm21
0343 vpunpckhbw      zmm15, zmm20, zmm21
0349 vpmaddubsw      zmm14, zmm14, zmm6
034f vpmaddubsw      zmm15, zmm15, zmm7
0355 vpunpcklwd      zmm16, zmm12, zmm14
035b vpdpwssd        zmm24, zmm16, zmm22
0361 vpunpckhwd      zmm17, zmm12, zmm14
0367 vpdpwssd        zmm25, zmm17, zmm22
036d vpunpcklwd      zmm18, zmm13, zmm15
0373 vpdpwssd        zmm26, zmm18, zmm22
0379 vpunpckhwd      zmm19, zmm13, zmm15
037f vpdpwssd        zmm27, zmm19, zmm22
0385 vmovdqu8        zmm20, [r10+rbx+80]
038d vpunpcklbw      zmm12, zmm20, zmm20
0393 vpunpckhbw      zmm13, zmm20, zmm20
0399 vpunpcklwd      zmm16, zmm12, zmm12
039f vpdpbusd        zmm24, zmm16, zmm8
03a5 vpunpckhwd      zmm17, zmm12, zmm12
03ab vpdpbusd        zmm25, zmm17, zmm9
03b1 vpunpcklwd      zmm18, zmm13, zmm13
03b7 vpdpbusd        zmm26, zmm18, zmm10
03bd vpunpckhwd      zmm19, zmm13, zmm13
03c3 vpdpbusd        zmm27, zmm19, zmm11
03c9 vcvtdq2ps       zmm24, zmm24
03cf vmulps          zmm24, zmm24, [rsi+40]
03d6 vcvtps2dq       zmm24, zmm24
03dc vcvtdq2ps       zmm25, zmm25
03e2 vmulps          zmm25, zmm25, [rsi+100]
03e9 vcvtps2dq       zmm25, zmm25
03ef vcvtdq2ps       zmm26, zmm26
03f5 vmulps          zmm26, zmm26, [rsi+1C0]
03fc vcvtps2dq       zmm26, zmm26
0402 vcvtdq2ps       zmm27, zmm27
0408 vmulps          zmm27, zmm27, [rsi+280]
040f vcvtps2dq       zmm27, zmm27
0415 vpackssdw       zmm24, zmm24, zmm25
041b vpaddsw         zmm24, zmm24, zmm29
0421 vpackssdw       zmm26, zmm26, zmm27
0427 vpaddsw         zmm26, zmm26, zmm29
042d vpackuswb       zmm24, zmm24, zmm26
0433 vmovdqu8        [rax], zmm24
0439 add             rax, 40
043f add             rbx, 40
0443 dec             ebp
0445 jne             near 000000000000026D
044b vmovdqu32       zmm24, [rsi]
0451 vmovdqu32       zmm25, [rsi+0C0]
0458 vmovdqu32       zmm26, [rsi+180]
045f vmovdqu32       zmm27, [rsi+240]
0466 vmovdqu8        zmm20, [r8+rbx]
046d vmovdqu8        zmm21, [r8+rbx+40]
0475 vpunpcklbw      zmm12, zmm20, zmm21
047b vpunpckhbw      zmm13, zmm20, zmm21
0481 vpmaddubsw      zmm12, zmm12, zmm0
0487 vpmaddubsw      zmm13, zmm13, zmm1
048d vmovdqu32       zmm20, [r11+100]
0494 vmovdqu8        zmm21, [r9+rbx]
049b vpunpcklbw      zmm14, zmm20, zmm21
04a1 vpunpckhbw      zmm15, zmm20, zmm21
04a7 vpmaddubsw      zmm14, zmm14, zmm2
04ad vpmaddubsw      zmm15, zmm15, zmm3
04b3 vpunpcklwd      zmm16, zmm12, zmm14
04b9 vpdpwssd        zmm24, zmm16, zmm22
04bf vpunpckhwd      zmm17, zmm12, zmm14
04c5 vpdpwssd        zmm25, zmm17, zmm22
04cb vpunpcklwd      zmm18, zmm13, zmm15
04d1 vpdpwssd        zmm26, zmm18, zmm22
04d7 vpunpckhwd      zmm19, zmm13, zmm15
04dd vpdpwssd        zmm27, zmm19, zmm22
04e3 vmovdqu8        zmm20, [r9+rbx+40]
04eb vmovdqu32       zmm21, [r11+100]
04f2 vpunpcklbw      zmm12, zmm20, zmm21
04f8 vpunpckhbw      zmm13, zmm20, zmm21
04fe vpmaddubsw      zmm12, zmm12, zmm4
0504 vpmaddubsw      zmm13, zmm13, zmm5
050a vmovdqu8        zmm20, [r10+rbx]
0511 vmovdqu8        zmm21, [r10+rbx+40]
0519 vpunpcklbw      zmm14, zmm20, zmm21
051f vpunpckhbw      zmm15, zmm20, zmm21
0525 vpmaddubsw      zmm14, zmm14, zmm6
052b vpmaddubsw      zmm15, zmm15, zmm7
0531 vpunpcklwd      zmm16, zmm12, zmm14
0537 vpdpwssd        zmm24, zmm16, zmm22
053d vpunpckhwd      zmm17, zmm12, zmm14
0543 vpdpwssd        zmm25, zmm17, zmm22
0549 vpunpcklwd      zmm18, zmm13, zmm15
054f vpdpwssd        zmm26, zmm18, zmm22
0555 vpunpckhwd      zmm19, zmm13, zmm15
055b vpdpwssd        zmm27, zmm19, zmm22
0561 vmovdqu32       zmm20, [r11+100]
0568 vpunpcklbw      zmm12, zmm20, zmm20
056e vpunpckhbw      zmm13, zmm20, zmm20
0574 vpunpcklwd      zmm16, zmm12, zmm12
057a vpdpbusd        zmm24, zmm16, zmm8
0580 vpunpckhwd      zmm17, zmm12, zmm12
0586 vpdpbusd        zmm25, zmm17, zmm9
058c vpunpcklwd      zmm18, zmm13, zmm13
0592 vpdpbusd        zmm26, zmm18, zmm10
0598 vpunpckhwd      zmm19, zmm13, zmm13
059e vpdpbusd        zmm27, zmm19, zmm11
05a4 vcvtdq2ps       zmm24, zmm24
05aa vmulps          zmm24, zmm24, [rsi+40]
05b1 vcvtps2dq       zmm24, zmm24
05b7 vcvtdq2ps       zmm25, zmm25
05bd vmulps          zmm25, zmm25, [rsi+100]
05c4 vcvtps2dq       zmm25, zmm25
05ca vcvtdq2ps       zmm26, zmm26
05d0 vmulps          zmm26, zmm26, [rsi+1C0]
05d7 vcvtps2dq       zmm26, zmm26
05dd vcvtdq2ps       zmm27, zmm27
05e3 vmulps          zmm27, zmm27, [rsi+280]
05ea vcvtps2dq       zmm27, zmm27
05f0 vpackssdw       zmm24, zmm24, zmm25
05f6 vpaddsw         zmm24, zmm24, zmm29
05fc vpackssdw       zmm26, zmm26, zmm27
0602 vpaddsw         zmm26, zmm26, zmm29
0608 vpackuswb       zmm24, zmm24, zmm26
060e vmovdqu8        [rax], zmm24
0614 add             rax, 40
061a add             rbx, 40
061e add             r8, 40
0622 add             r9, 40
0626 add             r10, 40
062a add             rcx, 40
062e add             rdx, 300
0635 add             rsi, 300
063c dec             edi
063e jne             near 0000000000000032
0644 vzeroupper
0647 pop             rbp
0648 pop             rbx
0649 ret
