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
0024 mov             eax, 80000000
0029 vpbroadcastd    zmm28, eax
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
0088 xor             ebx, ebx
008a vmovdqu8        zmm30, [r8+rbx]
0091 vmovdqu8        zmm31, [r9+rbx]
0098 vpunpcklbw      zmm12, zmm30, zmm31
009e vpunpckhbw      zmm14, zmm30, zmm31
00a4 vmovdqu8        zmm30, [r10+rbx]
00ab vpunpckhbw      zmm31, zmm30, zmm30
00b1 vpunpcklbw      zmm30, zmm30, zmm30
00b7 vpunpckhwd      zmm13, zmm12, zmm30
00bd vpunpcklwd      zmm12, zmm12, zmm30
00c3 vpunpckhwd      zmm15, zmm14, zmm31
00c9 vpunpcklwd      zmm14, zmm14, zmm31
00cf add             rbx, 40
00d3 vmovdqu8        zmm30, [r8+rbx]
00da vmovdqu8        zmm31, [r9+rbx]
00e1 vpunpcklbw      zmm16, zmm30, zmm31
00e7 vpunpckhbw      zmm18, zmm30, zmm31
00ed vmovdqu8        zmm30, [r10+rbx]
00f4 vpunpckhbw      zmm31, zmm30, zmm30
00fa vpunpcklbw      zmm30, zmm30, zmm30
0100 vpunpckhwd      zmm17, zmm16, zmm30
0106 vpunpcklwd      zmm16, zmm16, zmm30
010c vpunpckhwd      zmm19, zmm18, zmm31
0112 vpunpcklwd      zmm18, zmm18, zmm31
0118 add             rbx, 40
011c vmovdqu8        zmm30, [r8+rbx]
0123 vmovdqu8        zmm31, [r9+rbx]
012a vpunpcklbw      zmm20, zmm30, zmm31
0130 vpunpckhbw      zmm22, zmm30, zmm31
0136 vmovdqu8        zmm30, [r10+rbx]
013d vpunpckhbw      zmm31, zmm30, zmm30
0143 vpunpcklbw      zmm30, zmm30, zmm30
0149 vpunpckhwd      zmm21, zmm20, zmm30
014f vpunpcklwd      zmm20, zmm20, zmm30
0155 vpunpckhwd      zmm23, zmm22, zmm31
015b vpunpcklwd      zmm22, zmm22, zmm31
0161 add             rbx, 40
0165 vmovdqu32       zmm24, [rsi]
016b vmovdqu32       zmm25, [rsi+1C0]
0172 vmovdqu32       zmm26, [rsi+380]
0179 vmovdqu32       zmm27, [rsi+540]
0180 vpdpbusd        zmm24, zmm12, zmm0
0186 vpdpbusd        zmm25, zmm13, zmm1
018c vpdpbusd        zmm26, zmm14, zmm2
0192 vpdpbusd        zmm27, zmm15, zmm3
0198 vpdpbusd        zmm24, zmm16, zmm4
019e vpdpbusd        zmm25, zmm17, zmm5
01a4 vpdpbusd        zmm26, zmm18, zmm6
01aa vpdpbusd        zmm27, zmm19, zmm7
01b0 vpdpbusd        zmm24, zmm20, zmm8
01b6 vpdpbusd        zmm25, zmm21, zmm9
01bc vpdpbusd        zmm26, zmm22, zmm10
01c2 vpdpbusd        zmm27, zmm23, zmm11
01c8 vpdpbusd        zmm24, zmm12, [rdx+300]
01cf vcvtdq2ps       zmm24, zmm24
01d5 vmovaps         zmm30, zmm24
01db vpternlogd      zmm30, zmm28, [rsi+80], 0EA
01e3 vfmadd132ps     zmm24, zmm30, [rsi+40]
01ea vcvtps2dq       zmm24, zmm24
01f0 vcvtdq2ps       zmm25, zmm25
01f6 vmovaps         zmm30, zmm25
01fc vpternlogd      zmm30, zmm28, [rsi+240], 0EA
0204 vfmadd132ps     zmm25, zmm30, [rsi+200]
020b vcvtps2dq       zmm25, zmm25
0211 vcvtdq2ps       zmm26, zmm26
0217 vmovaps         zmm30, zmm26
021d vpternlogd      zmm30, zmm28, [rsi+400], 0EA
0225 vfmadd132ps     zmm26, zmm30, [rsi+3C0]
022c vcvtps2dq       zmm26, zmm26
0232 vpcmpeqd        k2, zmm27, [rsi+600]
0239 vpcmpeqd        k3, zmm27, [rsi+680]
0240 vcvtdq2ps       zmm27, zmm27
0246 vmovaps         zmm30, zmm27
024c vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
0254 vfmadd132ps     zmm27, zmm30, [rsi+580]
025b vcvtps2dq       zmm27, zmm27
0261 vpaddd          zmm27{k2}, zmm27, [rsi+640]
0268 vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
026f vpackssdw       zmm24, zmm24, zmm25
0275 vpaddsw         zmm24, zmm24, zmm29
027b vpackssdw       zmm26, zmm26, zmm27
0281 vpaddsw         zmm26, zmm26, zmm29
0287 vpackuswb       zmm24, zmm24, zmm26
028d vmovdqu8        [rax], zmm24
0293 add             rax, 40
0299 vmovdqu8        zmm30, [r8+rbx]
02a0 vmovdqu8        zmm31, [r9+rbx]
02a7 vpunpcklbw      zmm12, zmm30, zmm31
02ad vpunpckhbw      zmm14, zmm30, zmm31
02b3 vmovdqu8        zmm30, [r10+rbx]
02ba vpunpckhbw      zmm31, zmm30, zmm30
02c0 vpunpcklbw      zmm30, zmm30, zmm30
02c6 vpunpckhwd      zmm13, zmm12, zmm30
02cc vpunpcklwd      zmm12, zmm12, zmm30
02d2 vpunpckhwd      zmm15, zmm14, zmm31
02d8 vpunpcklwd      zmm14, zmm14, zmm31
02de add             rbx, 40
02e2 vmovdqu8        zmm30, [r8+rbx]
02e9 vmovdqu8        zmm31, [r9+rbx]
02f0 vpunpcklbw      zmm16, zmm30, zmm31
02f6 vpunpckhbw      zmm18, zmm30, zmm31
02fc vmovdqu8        zmm30, [r10+rbx]
0303 vpunpckhbw      zmm31, zmm30, zmm30
0309 vpunpcklbw      zmm30, zmm30, zmm30
030f vpunpckhwd      zmm17, zmm16, zmm30
0315 vpunpcklwd      zmm16, zmm16, zmm30
031b vpunpckhwd      zmm19, zmm18, zmm31
0321 vpunpcklwd      zmm18, zmm18, zmm31
0327 add             rbx, 40
032b vmovdqu32       zmm24, [rsi]
0331 vmovdqu32       zmm25, [rsi+1C0]
0338 vmovdqu32       zmm26, [rsi+380]
033f vmovdqu32       zmm27, [rsi+540]
0346 vpdpbusd        zmm24, zmm20, zmm0
034c vpdpbusd        zmm25, zmm21, zmm1
0352 vpdpbusd        zmm26, zmm22, zmm2
0358 vpdpbusd        zmm27, zmm23, zmm3
035e vpdpbusd        zmm24, zmm12, zmm4
0364 vpdpbusd        zmm25, zmm13, zmm5
036a vpdpbusd        zmm26, zmm14, zmm6
0370 vpdpbusd        zmm27, zmm15, zmm7
0376 vpdpbusd        zmm24, zmm16, zmm8
037c vpdpbusd        zmm25, zmm17, zmm9
0382 vpdpbusd        zmm26, zmm18, zmm10
0388 vpdpbusd        zmm27, zmm19, zmm11
038e vpdpbusd        zmm24, zmm20, [rdx+300]
0395 vcvtdq2ps       zmm24, zmm24
039b vmovaps         zmm30, zmm24
03a1 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
03a9 vfmadd132ps     zmm24, zmm30, [rsi+40]
03b0 vcvtps2dq       zmm24, zmm24
03b6 vcvtdq2ps       zmm25, zmm25
03bc vmovaps         zmm30, zmm25
03c2 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
03ca vfmadd132ps     zmm25, zmm30, [rsi+200]
03d1 vcvtps2dq       zmm25, zmm25
03d7 vcvtdq2ps       zmm26, zmm26
03dd vmovaps         zmm30, zmm26
03e3 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
03eb vfmadd132ps     zmm26, zmm30, [rsi+3C0]
03f2 vcvtps2dq       zmm26, zmm26
03f8 vpcmpeqd        k2, zmm27, [rsi+600]
03ff vpcmpeqd        k3, zmm27, [rsi+680]
0406 vcvtdq2ps       zmm27, zmm27
040c vmovaps         zmm30, zmm27
0412 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
041a vfmadd132ps     zmm27, zmm30, [rsi+580]
0421 vcvtps2dq       zmm27, zmm27
0427 vpaddd          zmm27{k2}, zmm27, [rsi+640]
042e vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0435 vpackssdw       zmm24, zmm24, zmm25
043b vpaddsw         zmm24, zmm24, zmm29
0441 vpackssdw       zmm26, zmm26, zmm27
0447 vpaddsw         zmm26, zmm26, zmm29
044d vpackuswb       zmm24, zmm24, zmm26
0453 vmovdqu8        [rax], zmm24
0459 add             rax, 40
045f vmovdqu8        zmm30, [r8+rbx]
0466 vmovdqu8        zmm31, [r9+rbx]
046d vpunpcklbw      zmm20, zmm30, zmm31
0473 vpunpckhbw      zmm22, zmm30, zmm31
0479 vmovdqu8        zmm30, [r10+rbx]
0480 vpunpckhbw      zmm31, zmm30, zmm30
0486 vpunpcklbw      zmm30, zmm30, zmm30
048c vpunpckhwd      zmm21, zmm20, zmm30
0492 vpunpcklwd      zmm20, zmm20, zmm30
0498 vpunpckhwd      zmm23, zmm22, zmm31
049e vpunpcklwd      zmm22, zmm22, zmm31
04a4 add             rbx, 40
04a8 vmovdqu8        zmm30, [r8+rbx]
04af vmovdqu8        zmm31, [r9+rbx]
04b6 vpunpcklbw      zmm12, zmm30, zmm31
04bc vpunpckhbw      zmm14, zmm30, zmm31
04c2 vmovdqu8        zmm30, [r10+rbx]
04c9 vpunpckhbw      zmm31, zmm30, zmm30
04cf vpunpcklbw      zmm30, zmm30, zmm30
04d5 vpunpckhwd      zmm13, zmm12, zmm30
04db vpunpcklwd      zmm12, zmm12, zmm30
04e1 vpunpckhwd      zmm15, zmm14, zmm31
04e7 vpunpcklwd      zmm14, zmm14, zmm31
04ed add             rbx, 40
04f1 vmovdqu32       zmm24, [rsi]
04f7 vmovdqu32       zmm25, [rsi+1C0]
04fe vmovdqu32       zmm26, [rsi+380]
0505 vmovdqu32       zmm27, [rsi+540]
050c vpdpbusd        zmm24, zmm16, zmm0
0512 vpdpbusd        zmm25, zmm17, zmm1
0518 vpdpbusd        zmm26, zmm18, zmm2
051e vpdpbusd        zmm27, zmm19, zmm3
0524 vpdpbusd        zmm24, zmm20, zmm4
052a vpdpbusd        zmm25, zmm21, zmm5
0530 vpdpbusd        zmm26, zmm22, zmm6
0536 vpdpbusd        zmm27, zmm23, zmm7
053c vpdpbusd        zmm24, zmm12, zmm8
0542 vpdpbusd        zmm25, zmm13, zmm9
0548 vpdpbusd        zmm26, zmm14, zmm10
054e vpdpbusd        zmm27, zmm15, zmm11
0554 vpdpbusd        zmm24, zmm16, [rdx+300]
055b vcvtdq2ps       zmm24, zmm24
0561 vmovaps         zmm30, zmm24
0567 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
056f vfmadd132ps     zmm24, zmm30, [rsi+40]
0576 vcvtps2dq       zmm24, zmm24
057c vcvtdq2ps       zmm25, zmm25
0582 vmovaps         zmm30, zmm25
0588 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
0590 vfmadd132ps     zmm25, zmm30, [rsi+200]
0597 vcvtps2dq       zmm25, zmm25
059d vcvtdq2ps       zmm26, zmm26
05a3 vmovaps         zmm30, zmm26
05a9 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
05b1 vfmadd132ps     zmm26, zmm30, [rsi+3C0]
05b8 vcvtps2dq       zmm26, zmm26
05be vpcmpeqd        k2, zmm27, [rsi+600]
05c5 vpcmpeqd        k3, zmm27, [rsi+680]
05cc vcvtdq2ps       zmm27, zmm27
05d2 vmovaps         zmm30, zmm27
05d8 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
05e0 vfmadd132ps     zmm27, zmm30, [rsi+580]
05e7 vcvtps2dq       zmm27, zmm27
05ed vpaddd          zmm27{k2}, zmm27, [rsi+640]
05f4 vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
05fb vpackssdw       zmm24, zmm24, zmm25
0601 vpaddsw         zmm24, zmm24, zmm29
0607 vpackssdw       zmm26, zmm26, zmm27
060d vpaddsw         zmm26, zmm26, zmm29
0613 vpackuswb       zmm24, zmm24, zmm26
0619 vmovdqu8        [rax], zmm24
061f add             rax, 40
0625 vmovdqu8        zmm30, [r8+rbx]
062c vmovdqu8        zmm31, [r9+rbx]
0633 vpunpcklbw      zmm16, zmm30, zmm31
0639 vpunpckhbw      zmm18, zmm30, zmm31
063f vmovdqu8        zmm30, [r10+rbx]
0646 vpunpckhbw      zmm31, zmm30, zmm30
064c vpunpcklbw      zmm30, zmm30, zmm30
0652 vpunpckhwd      zmm17, zmm16, zmm30
0658 vpunpcklwd      zmm16, zmm16, zmm30
065e vpunpckhwd      zmm19, zmm18, zmm31
0664 vpunpcklwd      zmm18, zmm18, zmm31
066a add             rbx, 40
066e vmovdqu32       zmm20, [r11+100]
0675 vmovdqu32       zmm21, [r11+100]
067c vmovdqu32       zmm22, [r11+100]
0683 vmovdqu32       zmm23, [r11+100]
068a vmovdqu32       zmm24, [rsi]
0690 vmovdqu32       zmm25, [rsi+1C0]
0697 vmovdqu32       zmm26, [rsi+380]
069e vmovdqu32       zmm27, [rsi+540]
06a5 vpdpbusd        zmm24, zmm12, zmm0
06ab vpdpbusd        zmm25, zmm13, zmm1
06b1 vpdpbusd        zmm26, zmm14, zmm2
06b7 vpdpbusd        zmm27, zmm15, zmm3
06bd vpdpbusd        zmm24, zmm16, zmm4
06c3 vpdpbusd        zmm25, zmm17, zmm5
06c9 vpdpbusd        zmm26, zmm18, zmm6
06cf vpdpbusd        zmm27, zmm19, zmm7
06d5 vpdpbusd        zmm24, zmm20, zmm8
06db vpdpbusd        zmm25, zmm21, zmm9
06e1 vpdpbusd        zmm26, zmm22, zmm10
06e7 vpdpbusd        zmm27, zmm23, zmm11
06ed vpdpbusd        zmm24, zmm12, [rdx+300]
06f4 vcvtdq2ps       zmm24, zmm24
06fa vmovaps         zmm30, zmm24
0700 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
0708 vfmadd132ps     zmm24, zmm30, [rsi+40]
070f vcvtps2dq       zmm24, zmm24
0715 vcvtdq2ps       zmm25, zmm25
071b vmovaps         zmm30, zmm25
0721 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
0729 vfmadd132ps     zmm25, zmm30, [rsi+200]
0730 vcvtps2dq       zmm25, zmm25
0736 vcvtdq2ps       zmm26, zmm26
073c vmovaps         zmm30, zmm26
0742 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
074a vfmadd132ps     zmm26, zmm30, [rsi+3C0]
0751 vcvtps2dq       zmm26, zmm26
0757 vpcmpeqd        k2, zmm27, [rsi+600]
075e vpcmpeqd        k3, zmm27, [rsi+680]
0765 vcvtdq2ps       zmm27, zmm27
076b vmovaps         zmm30, zmm27
0771 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
0779 vfmadd132ps     zmm27, zmm30, [rsi+580]
0780 vcvtps2dq       zmm27, zmm27
0786 vpaddd          zmm27{k2}, zmm27, [rsi+640]
078d vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0794 vpackssdw       zmm24, zmm24, zmm25
079a vpaddsw         zmm24, zmm24, zmm29
07a0 vpackssdw       zmm26, zmm26, zmm27
07a6 vpaddsw         zmm26, zmm26, zmm29
07ac vpackuswb       zmm24, zmm24, zmm26
07b2 vmovdqu8        [rax], zmm24
07b8 add             rax, 40
07be add             r8, 40
07c2 add             r9, 40
07c6 add             r10, 40
07ca add             rcx, 40
07ce add             rdx, 600
07d5 add             rsi, 700
07dc dec             edi
07de jne             near 0000000000000032
07e4 vzeroupper
07e7 pop             rbp
07e8 pop             rbx
07e9 ret
