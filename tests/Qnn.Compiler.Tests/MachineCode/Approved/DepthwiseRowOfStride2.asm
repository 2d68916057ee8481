0000 push            rbx
0001 push            rbp
0002 mov             r8, [rdi]
0005 mov             r9, [rdi+8]
0009 mov             r10, [rdi+10]
000d mov             rcx, [rdi+18]
0011 mov             rdx, [rdi+20]
0015 mov             rsi, [rdi+28]
0019 mov             r11, [rdi+30]
001d vmovdqu32       zmm29, [r11+40]
0024 mov             eax, 80000000
0029 vpbroadcastd    zmm28, eax
002f mov             rax, 0FFFFFFFFFFFFFFFF
0039 kmovq           k1, rax
003e mov             edi, 1
0043 vmovdqu32       zmm0, [rdx]
0049 vmovdqu32       zmm1, [rdx+40]
0050 vmovdqu32       zmm2, [rdx+80]
0057 vmovdqu32       zmm3, [rdx+0C0]
005e vmovdqu32       zmm4, [rdx+100]
0065 vmovdqu32       zmm5, [rdx+140]
006c vmovdqu32       zmm6, [rdx+180]
0073 vmovdqu32       zmm7, [rdx+1C0]
007a vmovdqu32       zmm8, [rdx+200]
0081 vmovdqu32       zmm9, [rdx+240]
0088 vmovdqu32       zmm10, [rdx+280]
008f vmovdqu32       zmm11, [rdx+2C0]
0096 mov             rax, rcx
0099 xor             ebx, ebx
009b vmovdqu8        zmm30, [r8+rbx]
00a2 vmovdqu8        zmm31, [r9+rbx]
00a9 vpunpcklbw      zmm12, zmm30, zmm31
00af vpunpckhbw      zmm14, zmm30, zmm31
00b5 vmovdqu8        zmm30, [r10+rbx]
00bc vpunpckhbw      zmm31, zmm30, zmm30
00c2 vpunpcklbw      zmm30, zmm30, zmm30
00c8 vpunpckhwd      zmm13, zmm12, zmm30
00ce vpunpcklwd      zmm12, zmm12, zmm30
00d4 vpunpckhwd      zmm15, zmm14, zmm31
00da vpunpcklwd      zmm14, zmm14, zmm31
00e0 add             rbx, 40
00e4 vmovdqu8        zmm30, [r8+rbx]
00eb vmovdqu8        zmm31, [r9+rbx]
00f2 vpunpcklbw      zmm16, zmm30, zmm31
00f8 vpunpckhbw      zmm18, zmm30, zmm31
00fe vmovdqu8        zmm30, [r10+rbx]
0105 vpunpckhbw      zmm31, zmm30, zmm30
010b vpunpcklbw      zmm30, zmm30, zmm30
0111 vpunpckhwd      zmm17, zmm16, zmm30
0117 vpunpcklwd      zmm16, zmm16, zmm30
011d vpunpckhwd      zmm19, zmm18, zmm31
0123 vpunpcklwd      zmm18, zmm18, zmm31
0129 add             rbx, 40
012d vmovdqu8        zmm30, [r8+rbx]
0134 vmovdqu8        zmm31, [r9+rbx]
013b vpunpcklbw      zmm20, zmm30, zmm31
0141 vpunpckhbw      zmm22, zmm30, zmm31
0147 vmovdqu8        zmm30, [r10+rbx]
014e vpunpckhbw      zmm31, zmm30, zmm30
0154 vpunpcklbw      zmm30, zmm30, zmm30
015a vpunpckhwd      zmm21, zmm20, zmm30
0160 vpunpcklwd      zmm20, zmm20, zmm30
0166 vpunpckhwd      zmm23, zmm22, zmm31
016c vpunpcklwd      zmm22, zmm22, zmm31
0172 add             rbx, 40
0176 vmovdqu32       zmm24, [rsi]
017c vmovdqu32       zmm25, [rsi+1C0]
0183 vmovdqu32       zmm26, [rsi+380]
018a vmovdqu32       zmm27, [rsi+540]
0191 vpdpbusd        zmm24, zmm12, zmm0
0197 vpdpbusd        zmm25, zmm13, zmm1
019d vpdpbusd        zmm26, zmm14, zmm2
01a3 vpdpbusd        zmm27, zmm15, zmm3
01a9 vpdpbusd        zmm24, zmm16, zmm4
01af vpdpbusd        zmm25, zmm17, zmm5
01b5 vpdpbusd        zmm26, zmm18, zmm6
01bb vpdpbusd        zmm27, zmm19, zmm7
01c1 vpdpbusd        zmm24, zmm20, zmm8
01c7 vpdpbusd        zmm25, zmm21, zmm9
01cd vpdpbusd        zmm26, zmm22, zmm10
01d3 vpdpbusd        zmm27, zmm23, zmm11
01d9 vpdpbusd        zmm24, zmm12, [rdx+300]
01e0 vcvtdq2ps       zmm24, zmm24
01e6 vmovaps         zmm30, zmm24
01ec vpternlogd      zmm30, zmm28, [rsi+80], 0EA
01f4 vfmadd132ps     zmm24, zmm30, [rsi+40]
01fb vcvtps2dq       zmm24, zmm24
0201 vcvtdq2ps       zmm25, zmm25
0207 vmovaps         zmm30, zmm25
020d vpternlogd      zmm30, zmm28, [rsi+240], 0EA
0215 vfmadd132ps     zmm25, zmm30, [rsi+200]
021c vcvtps2dq       zmm25, zmm25
0222 vcvtdq2ps       zmm26, zmm26
0228 vmovaps         zmm30, zmm26
022e vpternlogd      zmm30, zmm28, [rsi+400], 0EA
0236 vfmadd132ps     zmm26, zmm30, [rsi+3C0]
023d vcvtps2dq       zmm26, zmm26
0243 vpcmpeqd        k2, zmm27, [rsi+600]
024a vpcmpeqd        k3, zmm27, [rsi+680]
0251 vcvtdq2ps       zmm27, zmm27
0257 vmovaps         zmm30, zmm27
025d vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
0265 vfmadd132ps     zmm27, zmm30, [rsi+580]
026c vcvtps2dq       zmm27, zmm27
0272 vpaddd          zmm27{k2}, zmm27, [rsi+640]
0279 vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0280 vpackssdw       zmm24, zmm24, zmm25
0286 vpaddsw         zmm24, zmm24, zmm29
028c vpackssdw       zmm26, zmm26, zmm27
0292 vpaddsw         zmm26, zmm26, zmm29
0298 vpackuswb       zmm24, zmm24, zmm26
029e vmovdqu8        [rax], zmm24
02a4 add             rax, 40
02aa vmovdqu8        zmm30, [r8+rbx]
02b1 vmovdqu8        zmm31, [r9+rbx]
02b8 vpunpcklbw      zmm12, zmm30, zmm31
02be vpunpckhbw      zmm14, zmm30, zmm31
02c4 vmovdqu8        zmm30, [r10+rbx]
02cb vpunpckhbw      zmm31, zmm30, zmm30
02d1 vpunpcklbw      zmm30, zmm30, zmm30
02d7 vpunpckhwd      zmm13, zmm12, zmm30
02dd vpunpcklwd      zmm12, zmm12, zmm30
02e3 vpunpckhwd      zmm15, zmm14, zmm31
02e9 vpunpcklwd      zmm14, zmm14, zmm31
02ef add             rbx, 40
02f3 vmovdqu8        zmm30, [r8+rbx]
02fa vmovdqu8        zmm31, [r9+rbx]
0301 vpunpcklbw      zmm16, zmm30, zmm31
0307 vpunpckhbw      zmm18, zmm30, zmm31
030d vmovdqu8        zmm30, [r10+rbx]
0314 vpunpckhbw      zmm31, zmm30, zmm30
031a vpunpcklbw      zmm30, zmm30, zmm30
0320 vpunpckhwd      zmm17, zmm16, zmm30
0326 vpunpcklwd      zmm16, zmm16, zmm30
032c vpunpckhwd      zmm19, zmm18, zmm31
0332 vpunpcklwd      zmm18, zmm18, zmm31
0338 add             rbx, 40
033c vmovdqu32       zmm24, [rsi]
0342 vmovdqu32       zmm25, [rsi+1C0]
0349 vmovdqu32       zmm26, [rsi+380]
0350 vmovdqu32       zmm27, [rsi+540]
0357 vpdpbusd        zmm24, zmm20, zmm0
035d vpdpbusd        zmm25, zmm21, zmm1
0363 vpdpbusd        zmm26, zmm22, zmm2
0369 vpdpbusd        zmm27, zmm23, zmm3
036f vpdpbusd        zmm24, zmm12, zmm4
0375 vpdpbusd        zmm25, zmm13, zmm5
037b vpdpbusd        zmm26, zmm14, zmm6
0381 vpdpbusd        zmm27, zmm15, zmm7
0387 vpdpbusd        zmm24, zmm16, zmm8
038d vpdpbusd        zmm25, zmm17, zmm9
0393 vpdpbusd        zmm26, zmm18, zmm10
0399 vpdpbusd        zmm27, zmm19, zmm11
039f vpdpbusd        zmm24, zmm20, [rdx+300]
03a6 vcvtdq2ps       zmm24, zmm24
03ac vmovaps         zmm30, zmm24
03b2 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
03ba vfmadd132ps     zmm24, zmm30, [rsi+40]
03c1 vcvtps2dq       zmm24, zmm24
03c7 vcvtdq2ps       zmm25, zmm25
03cd vmovaps         zmm30, zmm25
03d3 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
03db vfmadd132ps     zmm25, zmm30, [rsi+200]
03e2 vcvtps2dq       zmm25, zmm25
03e8 vcvtdq2ps       zmm26, zmm26
03ee vmovaps         zmm30, zmm26
03f4 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
03fc vfmadd132ps     zmm26, zmm30, [rsi+3C0]
0403 vcvtps2dq       zmm26, zmm26
0409 vpcmpeqd        k2, zmm27, [rsi+600]
0410 vpcmpeqd        k3, zmm27, [rsi+680]
0417 vcvtdq2ps       zmm27, zmm27
041d vmovaps         zmm30, zmm27
0423 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
042b vfmadd132ps     zmm27, zmm30, [rsi+580]
0432 vcvtps2dq       zmm27, zmm27
0438 vpaddd          zmm27{k2}, zmm27, [rsi+640]
043f vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0446 vpackssdw       zmm24, zmm24, zmm25
044c vpaddsw         zmm24, zmm24, zmm29
0452 vpackssdw       zmm26, zmm26, zmm27
0458 vpaddsw         zmm26, zmm26, zmm29
045e vpackuswb       zmm24, zmm24, zmm26
0464 vmovdqu8        [rax], zmm24
046a add             rax, 40
0470 vmovdqu8        zmm30, [r8+rbx]
0477 vmovdqu8        zmm31, [r9+rbx]
047e vpunpcklbw      zmm20, zmm30, zmm31
0484 vpunpckhbw      zmm22, zmm30, zmm31
048a vmovdqu8        zmm30, [r10+rbx]
0491 vpunpckhbw      zmm31, zmm30, zmm30
0497 vpunpcklbw      zmm30, zmm30, zmm30
049d vpunpckhwd      zmm21, zmm20, zmm30
04a3 vpunpcklwd      zmm20, zmm20, zmm30
04a9 vpunpckhwd      zmm23, zmm22, zmm31
04af vpunpcklwd      zmm22, zmm22, zmm31
04b5 add             rbx, 40
04b9 vmovdqu8        zmm30, [r8+rbx]
04c0 vmovdqu8        zmm31, [r9+rbx]
04c7 vpunpcklbw      zmm12, zmm30, zmm31
04cd vpunpckhbw      zmm14, zmm30, zmm31
04d3 vmovdqu8        zmm30, [r10+rbx]
04da vpunpckhbw      zmm31, zmm30, zmm30
04e0 vpunpcklbw      zmm30, zmm30, zmm30
04e6 vpunpckhwd      zmm13, zmm12, zmm30
04ec vpunpcklwd      zmm12, zmm12, zmm30
04f2 vpunpckhwd      zmm15, zmm14, zmm31
04f8 vpunpcklwd      zmm14, zmm14, zmm31
04fe add             rbx, 40
0502 vmovdqu32       zmm24, [rsi]
0508 vmovdqu32       zmm25, [rsi+1C0]
050f vmovdqu32       zmm26, [rsi+380]
0516 vmovdqu32       zmm27, [rsi+540]
051d vpdpbusd        zmm24, zmm16, zmm0
0523 vpdpbusd        zmm25, zmm17, zmm1
0529 vpdpbusd        zmm26, zmm18, zmm2
052f vpdpbusd        zmm27, zmm19, zmm3
0535 vpdpbusd        zmm24, zmm20, zmm4
053b vpdpbusd        zmm25, zmm21, zmm5
0541 vpdpbusd        zmm26, zmm22, zmm6
0547 vpdpbusd        zmm27, zmm23, zmm7
054d vpdpbusd        zmm24, zmm12, zmm8
0553 vpdpbusd        zmm25, zmm13, zmm9
0559 vpdpbusd        zmm26, zmm14, zmm10
055f vpdpbusd        zmm27, zmm15, zmm11
0565 vpdpbusd        zmm24, zmm16, [rdx+300]
056c vcvtdq2ps       zmm24, zmm24
0572 vmovaps         zmm30, zmm24
0578 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
0580 vfmadd132ps     zmm24, zmm30, [rsi+40]
0587 vcvtps2dq       zmm24, zmm24
058d vcvtdq2ps       zmm25, zmm25
0593 vmovaps         zmm30, zmm25
0599 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
05a1 vfmadd132ps     zmm25, zmm30, [rsi+200]
05a8 vcvtps2dq       zmm25, zmm25
05ae vcvtdq2ps       zmm26, zmm26
05b4 vmovaps         zmm30, zmm26
05ba vpternlogd      zmm30, zmm28, [rsi+400], 0EA
05c2 vfmadd132ps     zmm26, zmm30, [rsi+3C0]
05c9 vcvtps2dq       zmm26, zmm26
05cf vpcmpeqd        k2, zmm27, [rsi+600]
05d6 vpcmpeqd        k3, zmm27, [rsi+680]
05dd vcvtdq2ps       zmm27, zmm27
05e3 vmovaps         zmm30, zmm27
05e9 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
05f1 vfmadd132ps     zmm27, zmm30, [rsi+580]
05f8 vcvtps2dq       zmm27, zmm27
05fe vpaddd          zmm27{k2}, zmm27, [rsi+640]
0605 vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
060c vpackssdw       zmm24, zmm24, zmm25
0612 vpaddsw         zmm24, zmm24, zmm29
0618 vpackssdw       zmm26, zmm26, zmm27
061e vpaddsw         zmm26, zmm26, zmm29
0624 vpackuswb       zmm24, zmm24, zmm26
062a vmovdqu8        [rax], zmm24
0630 add             rax, 40
0636 vmovdqu8        zmm30, [r8+rbx]
063d vmovdqu8        zmm31, [r9+rbx]
0644 vpunpcklbw      zmm16, zmm30, zmm31
064a vpunpckhbw      zmm18, zmm30, zmm31
0650 vmovdqu8        zmm30, [r10+rbx]
0657 vpunpckhbw      zmm31, zmm30, zmm30
065d vpunpcklbw      zmm30, zmm30, zmm30
0663 vpunpckhwd      zmm17, zmm16, zmm30
0669 vpunpcklwd      zmm16, zmm16, zmm30
066f vpunpckhwd      zmm19, zmm18, zmm31
0675 vpunpcklwd      zmm18, zmm18, zmm31
067b add             rbx, 40
067f vmovdqu32       zmm20, [r11+100]
0686 vmovdqu32       zmm21, [r11+100]
068d vmovdqu32       zmm22, [r11+100]
0694 vmovdqu32       zmm23, [r11+100]
069b vmovdqu32       zmm24, [rsi]
06a1 vmovdqu32       zmm25, [rsi+1C0]
06a8 vmovdqu32       zmm26, [rsi+380]
06af vmovdqu32       zmm27, [rsi+540]
06b6 vpdpbusd        zmm24, zmm12, zmm0
06bc vpdpbusd        zmm25, zmm13, zmm1
06c2 vpdpbusd        zmm26, zmm14, zmm2
06c8 vpdpbusd        zmm27, zmm15, zmm3
06ce vpdpbusd        zmm24, zmm16, zmm4
06d4 vpdpbusd        zmm25, zmm17, zmm5
06da vpdpbusd        zmm26, zmm18, zmm6
06e0 vpdpbusd        zmm27, zmm19, zmm7
06e6 vpdpbusd        zmm24, zmm20, zmm8
06ec vpdpbusd        zmm25, zmm21, zmm9
06f2 vpdpbusd        zmm26, zmm22, zmm10
06f8 vpdpbusd        zmm27, zmm23, zmm11
06fe vpdpbusd        zmm24, zmm12, [rdx+300]
0705 vcvtdq2ps       zmm24, zmm24
070b vmovaps         zmm30, zmm24
0711 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
0719 vfmadd132ps     zmm24, zmm30, [rsi+40]
0720 vcvtps2dq       zmm24, zmm24
0726 vcvtdq2ps       zmm25, zmm25
072c vmovaps         zmm30, zmm25
0732 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
073a vfmadd132ps     zmm25, zmm30, [rsi+200]
0741 vcvtps2dq       zmm25, zmm25
0747 vcvtdq2ps       zmm26, zmm26
074d vmovaps         zmm30, zmm26
0753 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
075b vfmadd132ps     zmm26, zmm30, [rsi+3C0]
0762 vcvtps2dq       zmm26, zmm26
0768 vpcmpeqd        k2, zmm27, [rsi+600]
076f vpcmpeqd        k3, zmm27, [rsi+680]
0776 vcvtdq2ps       zmm27, zmm27
077c vmovaps         zmm30, zmm27
0782 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
078a vfmadd132ps     zmm27, zmm30, [rsi+580]
0791 vcvtps2dq       zmm27, zmm27
0797 vpaddd          zmm27{k2}, zmm27, [rsi+640]
079e vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
07a5 vpackssdw       zmm24, zmm24, zmm25
07ab vpaddsw         zmm24, zmm24, zmm29
07b1 vpackssdw       zmm26, zmm26, zmm27
07b7 vpaddsw         zmm26, zmm26, zmm29
07bd vpackuswb       zmm24, zmm24, zmm26
07c3 vmovdqu8        [rax], zmm24
07c9 add             rax, 40
07cf vzeroupper
07d2 pop             rbp
07d3 pop             rbx
07d4 ret
