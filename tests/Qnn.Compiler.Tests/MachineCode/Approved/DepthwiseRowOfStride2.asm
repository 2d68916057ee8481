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
008a xor             ebx, ebx
008c vmovdqu8        zmm30, [r8+rbx]
0093 vmovdqu8        zmm31, [r9+rbx]
009a vpunpcklbw      zmm12, zmm30, zmm31
00a0 vpunpckhbw      zmm14, zmm30, zmm31
00a6 vmovdqu8        zmm30, [r10+rbx]
00ad vpunpckhbw      zmm31, zmm30, zmm30
00b3 vpunpcklbw      zmm30, zmm30, zmm30
00b9 vpunpckhwd      zmm13, zmm12, zmm30
00bf vpunpcklwd      zmm12, zmm12, zmm30
00c5 vpunpckhwd      zmm15, zmm14, zmm31
00cb vpunpcklwd      zmm14, zmm14, zmm31
00d1 add             rbx, 40
00d5 vmovdqu8        zmm30, [r8+rbx]
00dc vmovdqu8        zmm31, [r9+rbx]
00e3 vpunpcklbw      zmm16, zmm30, zmm31
00e9 vpunpckhbw      zmm18, zmm30, zmm31
00ef vmovdqu8        zmm30, [r10+rbx]
00f6 vpunpckhbw      zmm31, zmm30, zmm30
00fc vpunpcklbw      zmm30, zmm30, zmm30
0102 vpunpckhwd      zmm17, zmm16, zmm30
0108 vpunpcklwd      zmm16, zmm16, zmm30
010e vpunpckhwd      zmm19, zmm18, zmm31
0114 vpunpcklwd      zmm18, zmm18, zmm31
011a add             rbx, 40
011e vmovdqu8        zmm30, [r8+rbx]
0125 vmovdqu8        zmm31, [r9+rbx]
012c vpunpcklbw      zmm20, zmm30, zmm31
0132 vpunpckhbw      zmm22, zmm30, zmm31
0138 vmovdqu8        zmm30, [r10+rbx]
013f vpunpckhbw      zmm31, zmm30, zmm30
0145 vpunpcklbw      zmm30, zmm30, zmm30
014b vpunpckhwd      zmm21, zmm20, zmm30
0151 vpunpcklwd      zmm20, zmm20, zmm30
0157 vpunpckhwd      zmm23, zmm22, zmm31
015d vpunpcklwd      zmm22, zmm22, zmm31
0163 add             rbx, 40
0167 vmovdqu32       zmm24, [rsi]
016d vmovdqu32       zmm25, [rsi+1C0]
0174 vmovdqu32       zmm26, [rsi+380]
017b vmovdqu32       zmm27, [rsi+540]
0182 vpdpbusd        zmm24, zmm12, zmm0
0188 vpdpbusd        zmm25, zmm13, zmm1
018e vpdpbusd        zmm26, zmm14, zmm2
0194 vpdpbusd        zmm27, zmm15, zmm3
019a vpdpbusd        zmm24, zmm16, zmm4
01a0 vpdpbusd        zmm25, zmm17, zmm5
01a6 vpdpbusd        zmm26, zmm18, zmm6
01ac vpdpbusd        zmm27, zmm19, zmm7
01b2 vpdpbusd        zmm24, zmm20, zmm8
01b8 vpdpbusd        zmm25, zmm21, zmm9
01be vpdpbusd        zmm26, zmm22, zmm10
01c4 vpdpbusd        zmm27, zmm23, zmm11
01ca vpdpbusd        zmm24, zmm12, [rdx+300]
01d1 vcvtdq2ps       zmm24, zmm24
01d7 vmovaps         zmm30, zmm24
01dd vpternlogd      zmm30, zmm28, [rsi+80], 0EA
01e5 vfmadd132ps     zmm24, zmm30, [rsi+40]
01ec vcvtps2dq       zmm24, zmm24
01f2 vcvtdq2ps       zmm25, zmm25
01f8 vmovaps         zmm30, zmm25
01fe vpternlogd      zmm30, zmm28, [rsi+240], 0EA
0206 vfmadd132ps     zmm25, zmm30, [rsi+200]
020d vcvtps2dq       zmm25, zmm25
0213 vcvtdq2ps       zmm26, zmm26
0219 vmovaps         zmm30, zmm26
021f vpternlogd      zmm30, zmm28, [rsi+400], 0EA
0227 vfmadd132ps     zmm26, zmm30, [rsi+3C0]
022e vcvtps2dq       zmm26, zmm26
0234 vpcmpeqd        k2, zmm27, [rsi+600]
023b vpcmpeqd        k3, zmm27, [rsi+680]
0242 vcvtdq2ps       zmm27, zmm27
0248 vmovaps         zmm30, zmm27
024e vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
0256 vfmadd132ps     zmm27, zmm30, [rsi+580]
025d vcvtps2dq       zmm27, zmm27
0263 vpaddd          zmm27{k2}, zmm27, [rsi+640]
026a vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0271 vpackssdw       zmm24, zmm24, zmm25
0277 vpaddsw         zmm24, zmm24, zmm29
027d vpackssdw       zmm26, zmm26, zmm27
0283 vpaddsw         zmm26, zmm26, zmm29
0289 vpackuswb       zmm24, zmm24, zmm26
028f vmovdqu8        [rax], zmm24
0295 add             rax, 40
029b vmovdqu8        zmm30, [r8+rbx]
02a2 vmovdqu8        zmm31, [r9+rbx]
02a9 vpunpcklbw      zmm12, zmm30, zmm31
02af vpunpckhbw      zmm14, zmm30, zmm31
02b5 vmovdqu8        zmm30, [r10+rbx]
02bc vpunpckhbw      zmm31, zmm30, zmm30
02c2 vpunpcklbw      zmm30, zmm30, zmm30
02c8 vpunpckhwd      zmm13, zmm12, zmm30
02ce vpunpcklwd      zmm12, zmm12, zmm30
02d4 vpunpckhwd      zmm15, zmm14, zmm31
02da vpunpcklwd      zmm14, zmm14, zmm31
02e0 add             rbx, 40
02e4 vmovdqu8        zmm30, [r8+rbx]
02eb vmovdqu8        zmm31, [r9+rbx]
02f2 vpunpcklbw      zmm16, zmm30, zmm31
02f8 vpunpckhbw      zmm18, zmm30, zmm31
02fe vmovdqu8        zmm30, [r10+rbx]
0305 vpunpckhbw      zmm31, zmm30, zmm30
030b vpunpcklbw      zmm30, zmm30, zmm30
0311 vpunpckhwd      zmm17, zmm16, zmm30
0317 vpunpcklwd      zmm16, zmm16, zmm30
031d vpunpckhwd      zmm19, zmm18, zmm31
0323 vpunpcklwd      zmm18, zmm18, zmm31
0329 add             rbx, 40
032d vmovdqu32       zmm24, [rsi]
0333 vmovdqu32       zmm25, [rsi+1C0]
033a vmovdqu32       zmm26, [rsi+380]
0341 vmovdqu32       zmm27, [rsi+540]
0348 vpdpbusd        zmm24, zmm20, zmm0
034e vpdpbusd        zmm25, zmm21, zmm1
0354 vpdpbusd        zmm26, zmm22, zmm2
035a vpdpbusd        zmm27, zmm23, zmm3
0360 vpdpbusd        zmm24, zmm12, zmm4
0366 vpdpbusd        zmm25, zmm13, zmm5
036c vpdpbusd        zmm26, zmm14, zmm6
0372 vpdpbusd        zmm27, zmm15, zmm7
0378 vpdpbusd        zmm24, zmm16, zmm8
037e vpdpbusd        zmm25, zmm17, zmm9
0384 vpdpbusd        zmm26, zmm18, zmm10
038a vpdpbusd        zmm27, zmm19, zmm11
0390 vpdpbusd        zmm24, zmm20, [rdx+300]
0397 vcvtdq2ps       zmm24, zmm24
039d vmovaps         zmm30, zmm24
03a3 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
03ab vfmadd132ps     zmm24, zmm30, [rsi+40]
03b2 vcvtps2dq       zmm24, zmm24
03b8 vcvtdq2ps       zmm25, zmm25
03be vmovaps         zmm30, zmm25
03c4 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
03cc vfmadd132ps     zmm25, zmm30, [rsi+200]
03d3 vcvtps2dq       zmm25, zmm25
03d9 vcvtdq2ps       zmm26, zmm26
03df vmovaps         zmm30, zmm26
03e5 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
03ed vfmadd132ps     zmm26, zmm30, [rsi+3C0]
03f4 vcvtps2dq       zmm26, zmm26
03fa vpcmpeqd        k2, zmm27, [rsi+600]
0401 vpcmpeqd        k3, zmm27, [rsi+680]
0408 vcvtdq2ps       zmm27, zmm27
040e vmovaps         zmm30, zmm27
0414 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
041c vfmadd132ps     zmm27, zmm30, [rsi+580]
0423 vcvtps2dq       zmm27, zmm27
0429 vpaddd          zmm27{k2}, zmm27, [rsi+640]
0430 vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0437 vpackssdw       zmm24, zmm24, zmm25
043d vpaddsw         zmm24, zmm24, zmm29
0443 vpackssdw       zmm26, zmm26, zmm27
0449 vpaddsw         zmm26, zmm26, zmm29
044f vpackuswb       zmm24, zmm24, zmm26
0455 vmovdqu8        [rax], zmm24
045b add             rax, 40
0461 vmovdqu8        zmm30, [r8+rbx]
0468 vmovdqu8        zmm31, [r9+rbx]
046f vpunpcklbw      zmm20, zmm30, zmm31
0475 vpunpckhbw      zmm22, zmm30, zmm31
047b vmovdqu8        zmm30, [r10+rbx]
0482 vpunpckhbw      zmm31, zmm30, zmm30
0488 vpunpcklbw      zmm30, zmm30, zmm30
048e vpunpckhwd      zmm21, zmm20, zmm30
0494 vpunpcklwd      zmm20, zmm20, zmm30
049a vpunpckhwd      zmm23, zmm22, zmm31
04a0 vpunpcklwd      zmm22, zmm22, zmm31
04a6 add             rbx, 40
04aa vmovdqu8        zmm30, [r8+rbx]
04b1 vmovdqu8        zmm31, [r9+rbx]
04b8 vpunpcklbw      zmm12, zmm30, zmm31
04be vpunpckhbw      zmm14, zmm30, zmm31
04c4 vmovdqu8        zmm30, [r10+rbx]
04cb vpunpckhbw      zmm31, zmm30, zmm30
04d1 vpunpcklbw      zmm30, zmm30, zmm30
04d7 vpunpckhwd      zmm13, zmm12, zmm30
04dd vpunpcklwd      zmm12, zmm12, zmm30
04e3 vpunpckhwd      zmm15, zmm14, zmm31
04e9 vpunpcklwd      zmm14, zmm14, zmm31
04ef add             rbx, 40
04f3 vmovdqu32       zmm24, [rsi]
04f9 vmovdqu32       zmm25, [rsi+1C0]
0500 vmovdqu32       zmm26, [rsi+380]
0507 vmovdqu32       zmm27, [rsi+540]
050e vpdpbusd        zmm24, zmm16, zmm0
0514 vpdpbusd        zmm25, zmm17, zmm1
051a vpdpbusd        zmm26, zmm18, zmm2
0520 vpdpbusd        zmm27, zmm19, zmm3
0526 vpdpbusd        zmm24, zmm20, zmm4
052c vpdpbusd        zmm25, zmm21, zmm5
0532 vpdpbusd        zmm26, zmm22, zmm6
0538 vpdpbusd        zmm27, zmm23, zmm7
053e vpdpbusd        zmm24, zmm12, zmm8
0544 vpdpbusd        zmm25, zmm13, zmm9
054a vpdpbusd        zmm26, zmm14, zmm10
0550 vpdpbusd        zmm27, zmm15, zmm11
0556 vpdpbusd        zmm24, zmm16, [rdx+300]
055d vcvtdq2ps       zmm24, zmm24
0563 vmovaps         zmm30, zmm24
0569 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
0571 vfmadd132ps     zmm24, zmm30, [rsi+40]
0578 vcvtps2dq       zmm24, zmm24
057e vcvtdq2ps       zmm25, zmm25
0584 vmovaps         zmm30, zmm25
058a vpternlogd      zmm30, zmm28, [rsi+240], 0EA
0592 vfmadd132ps     zmm25, zmm30, [rsi+200]
0599 vcvtps2dq       zmm25, zmm25
059f vcvtdq2ps       zmm26, zmm26
05a5 vmovaps         zmm30, zmm26
05ab vpternlogd      zmm30, zmm28, [rsi+400], 0EA
05b3 vfmadd132ps     zmm26, zmm30, [rsi+3C0]
05ba vcvtps2dq       zmm26, zmm26
05c0 vpcmpeqd        k2, zmm27, [rsi+600]
05c7 vpcmpeqd        k3, zmm27, [rsi+680]
05ce vcvtdq2ps       zmm27, zmm27
05d4 vmovaps         zmm30, zmm27
05da vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
05e2 vfmadd132ps     zmm27, zmm30, [rsi+580]
05e9 vcvtps2dq       zmm27, zmm27
05ef vpaddd          zmm27{k2}, zmm27, [rsi+640]
05f6 vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
05fd vpackssdw       zmm24, zmm24, zmm25
0603 vpaddsw         zmm24, zmm24, zmm29
0609 vpackssdw       zmm26, zmm26, zmm27
060f vpaddsw         zmm26, zmm26, zmm29
0615 vpackuswb       zmm24, zmm24, zmm26
061b vmovdqu8        [rax], zmm24
0621 add             rax, 40
0627 vmovdqu8        zmm30, [r8+rbx]
062e vmovdqu8        zmm31, [r9+rbx]
0635 vpunpcklbw      zmm16, zmm30, zmm31
063b vpunpckhbw      zmm18, zmm30, zmm31
0641 vmovdqu8        zmm30, [r10+rbx]
0648 vpunpckhbw      zmm31, zmm30, zmm30
064e vpunpcklbw      zmm30, zmm30, zmm30
0654 vpunpckhwd      zmm17, zmm16, zmm30
065a vpunpcklwd      zmm16, zmm16, zmm30
0660 vpunpckhwd      zmm19, zmm18, zmm31
0666 vpunpcklwd      zmm18, zmm18, zmm31
066c add             rbx, 40
0670 vmovdqu32       zmm20, [r11+100]
0677 vmovdqu32       zmm21, [r11+100]
067e vmovdqu32       zmm22, [r11+100]
0685 vmovdqu32       zmm23, [r11+100]
068c vmovdqu32       zmm24, [rsi]
0692 vmovdqu32       zmm25, [rsi+1C0]
0699 vmovdqu32       zmm26, [rsi+380]
06a0 vmovdqu32       zmm27, [rsi+540]
06a7 vpdpbusd        zmm24, zmm12, zmm0
06ad vpdpbusd        zmm25, zmm13, zmm1
06b3 vpdpbusd        zmm26, zmm14, zmm2
06b9 vpdpbusd        zmm27, zmm15, zmm3
06bf vpdpbusd        zmm24, zmm16, zmm4
06c5 vpdpbusd        zmm25, zmm17, zmm5
06cb vpdpbusd        zmm26, zmm18, zmm6
06d1 vpdpbusd        zmm27, zmm19, zmm7
06d7 vpdpbusd        zmm24, zmm20, zmm8
06dd vpdpbusd        zmm25, zmm21, zmm9
06e3 vpdpbusd        zmm26, zmm22, zmm10
06e9 vpdpbusd        zmm27, zmm23, zmm11
06ef vpdpbusd        zmm24, zmm12, [rdx+300]
06f6 vcvtdq2ps       zmm24, zmm24
06fc vmovaps         zmm30, zmm24
0702 vpternlogd      zmm30, zmm28, [rsi+80], 0EA
070a vfmadd132ps     zmm24, zmm30, [rsi+40]
0711 vcvtps2dq       zmm24, zmm24
0717 vcvtdq2ps       zmm25, zmm25
071d vmovaps         zmm30, zmm25
0723 vpternlogd      zmm30, zmm28, [rsi+240], 0EA
072b vfmadd132ps     zmm25, zmm30, [rsi+200]
0732 vcvtps2dq       zmm25, zmm25
0738 vcvtdq2ps       zmm26, zmm26
073e vmovaps         zmm30, zmm26
0744 vpternlogd      zmm30, zmm28, [rsi+400], 0EA
074c vfmadd132ps     zmm26, zmm30, [rsi+3C0]
0753 vcvtps2dq       zmm26, zmm26
0759 vpcmpeqd        k2, zmm27, [rsi+600]
0760 vpcmpeqd        k3, zmm27, [rsi+680]
0767 vcvtdq2ps       zmm27, zmm27
076d vmovaps         zmm30, zmm27
0773 vpternlogd      zmm30, zmm28, [rsi+5C0], 0EA
077b vfmadd132ps     zmm27, zmm30, [rsi+580]
0782 vcvtps2dq       zmm27, zmm27
0788 vpaddd          zmm27{k2}, zmm27, [rsi+640]
078f vpaddd          zmm27{k3}, zmm27, [rsi+6C0]
0796 vpackssdw       zmm24, zmm24, zmm25
079c vpaddsw         zmm24, zmm24, zmm29
07a2 vpackssdw       zmm26, zmm26, zmm27
07a8 vpaddsw         zmm26, zmm26, zmm29
07ae vpackuswb       zmm24, zmm24, zmm26
07b4 vmovdqu8        [rax], zmm24
07ba add             rax, 40
07c0 add             r8, 40
07c4 add             r9, 40
07c8 add             r10, 40
07cc add             rcx, 40
07d0 add             rdx, 600
07d7 add             rsi, 700
07de dec             edi
07e0 jne             near 0000000000000034
07e6 vzeroupper
07e9 pop             rbp
07ea pop             rbx
07eb ret
