0000 push            rbx
0001 push            rbp
0002 push            r12
0004 push            r13
0006 push            r14
0008 push            r15
000a mov             rsi, [rdi]
000d mov             rcx, [rdi+8]
0011 mov             r8, [rdi+10]
0015 mov             r9, [rdi+18]
0019 mov             r10, [rdi+20]
001d mov             r11, [rdi+28]
0021 mov             rbp, [rdi+40]
0025 mov             r13, 0FFFFFF
002f kmovq           k1, r13
0034 mov             eax, 80000000
0039 vpbroadcastd    zmm30, eax
003f vmovdqu32       zmm28, [r10+40]
0046 vmovdqu32       zmm29, [r10]
004c mov             eax, 80
0051 mov             edx, 40
0056 mov             ebx, 80
005b ldtilecfg       [rip+0A1A]
0064 cmp             r11, 2
0068 jge             short 000000000000008D
006a mov             r13d, 2
0070 sub             r13, r11
0073 imul            r14, r13, 480
007a sub             rsi, r14
007d imul            r14, r13, 0A8
0084 sub             rcx, r14
0087 mov             r11d, 2
008d tileloadd       tmm0, [r9]
0093 tileloadd       tmm1, [r9+1C0]
009d tileloadd       tmm2, [r9]
00a3 tileloadd       tmm3, [r9+1C0]
00ad lea             r14, [rsi]
00b0 lea             r15, [r8]
00b3 mov             r13d, 6
00b9 tileloadd       tmm5, [r15+rdx]
00bf tileloadd       tmm4, [r14+rax]
00c5 tdpbusd         tmm0, tmm4, tmm5
00ca tileloadd       tmm4, [r14+rax+480]
00d4 tdpbusd         tmm2, tmm4, tmm5
00d9 tileloadd       tmm5, [r15+rdx+3000]
00e3 tdpbusd         tmm3, tmm4, tmm5
00e8 tileloadd       tmm4, [r14+rax]
00ee tdpbusd         tmm1, tmm4, tmm5
00f3 add             r14, 40
00f7 add             r15, 400
00fe dec             r13d
0101 jne             short 00000000000000B9
0103 lea             r14, [rsi+480]
010a lea             r15, [r8+1800]
0111 mov             r13d, 6
0117 tileloadd       tmm5, [r15+rdx]
011d tileloadd       tmm4, [r14+rax]
0123 tdpbusd         tmm0, tmm4, tmm5
0128 tileloadd       tmm4, [r14+rax+480]
0132 tdpbusd         tmm2, tmm4, tmm5
0137 tileloadd       tmm5, [r15+rdx+3000]
0141 tdpbusd         tmm3, tmm4, tmm5
0146 tileloadd       tmm4, [r14+rax]
014c tdpbusd         tmm1, tmm4, tmm5
0151 add             r14, 40
0155 add             r15, 400
015c dec             r13d
015f jne             short 0000000000000117
0161 mov             r15, [rdi+30]
0165 mov             r13, [rdi+38]
0169 movsxd          r14, [r15]
016c add             r14, rsi
016f tileloadd       tmm5, [r15+rdx+40]
0176 tileloadd       tmm4, [r14+rax]
017c tdpbusd         tmm0, tmm4, tmm5
0181 tileloadd       tmm4, [r14+rax+480]
018b tdpbusd         tmm2, tmm4, tmm5
0190 tileloadd       tmm5, [r15+rdx+440]
019a tdpbusd         tmm3, tmm4, tmm5
019f tileloadd       tmm4, [r14+rax]
01a5 tdpbusd         tmm1, tmm4, tmm5
01aa add             r15, 840
01b1 dec             r13
01b4 jne             short 0000000000000169
01b6 tilestored      [rbp+rbx], tmm0
01bd tilestored      [rbp+rbx+40], tmm1
01c4 tilestored      [rbp+rbx+380], tmm2
01ce tilestored      [rbp+rbx+3C0], tmm3
01d8 vmovdqu32       zmm0, [rbp]
01df vcvtdq2ps       zmm0, zmm0
01e5 vmovaps         zmm31, zmm0
01eb vpternlogd      zmm31, zmm30, [r9+80], 0EA
01f3 vfmadd132ps     zmm0, zmm31, [r9+40]
01fa vcvtps2dq       zmm0, zmm0
0200 vmovdqu32       zmm1, [rbp+40]
0207 vpcmpeqd        k2, zmm1, [r9+280]
020e vpcmpeqd        k3, zmm1, [r9+300]
0215 vcvtdq2ps       zmm1, zmm1
021b vmovaps         zmm31, zmm1
0221 vpternlogd      zmm31, zmm30, [r9+240], 0EA
0229 vfmadd132ps     zmm1, zmm31, [r9+200]
0230 vcvtps2dq       zmm1, zmm1
0236 vpaddd          zmm1{k2}, zmm1, [r9+2C0]
023d vpaddd          zmm1{k3}, zmm1, [r9+340]
0244 vpackssdw       zmm0, zmm0, zmm1
024a vpaddsw         zmm0, zmm0, zmm28
0250 vpacksswb       zmm0, zmm0, zmm0
0256 vpmaxsb         zmm0, zmm0, [r10+80]
025d vpminsb         zmm0, zmm0, [r10+0C0]
0264 vpermd          zmm0, zmm29, zmm0
026a vmovdqu8        [rcx]{k1}, ymm0
0270 vmovdqu32       zmm2, [rbp+80]
0277 vcvtdq2ps       zmm2, zmm2
027d vmovaps         zmm31, zmm2
0283 vpternlogd      zmm31, zmm30, [r9+80], 0EA
028b vfmadd132ps     zmm2, zmm31, [r9+40]
0292 vcvtps2dq       zmm2, zmm2
0298 vmovdqu32       zmm3, [rbp+0C0]
029f vpcmpeqd        k2, zmm3, [r9+280]
02a6 vpcmpeqd        k3, zmm3, [r9+300]
02ad vcvtdq2ps       zmm3, zmm3
02b3 vmovaps         zmm31, zmm3
02b9 vpternlogd      zmm31, zmm30, [r9+240], 0EA
02c1 vfmadd132ps     zmm3, zmm31, [r9+200]
02c8 vcvtps2dq       zmm3, zmm3
02ce vpaddd          zmm3{k2}, zmm3, [r9+2C0]
02d5 vpaddd          zmm3{k3}, zmm3, [r9+340]
02dc vpackssdw       zmm2, zmm2, zmm3
02e2 vpaddsw         zmm2, zmm2, zmm28
02e8 vpacksswb       zmm2, zmm2, zmm2
02ee vpmaxsb         zmm2, zmm2, [r10+80]
02f5 vpminsb         zmm2, zmm2, [r10+0C0]
02fc vpermd          zmm2, zmm29, zmm2
0302 vmovdqu8        [rcx+18]{k1}, ymm2
030c vmovdqu32       zmm4, [rbp+100]
0313 vcvtdq2ps       zmm4, zmm4
0319 vmovaps         zmm31, zmm4
031f vpternlogd      zmm31, zmm30, [r9+80], 0EA
0327 vfmadd132ps     zmm4, zmm31, [r9+40]
032e vcvtps2dq       zmm4, zmm4
0334 vmovdqu32       zmm5, [rbp+140]
033b vpcmpeqd        k2, zmm5, [r9+280]
0342 vpcmpeqd        k3, zmm5, [r9+300]
0349 vcvtdq2ps       zmm5, zmm5
034f vmovaps         zmm31, zmm5
0355 vpternlogd      zmm31, zmm30, [r9+240], 0EA
035d vfmadd132ps     zmm5, zmm31, [r9+200]
0364 vcvtps2dq       zmm5, zmm5
036a vpaddd          zmm5{k2}, zmm5, [r9+2C0]
0371 vpaddd          zmm5{k3}, zmm5, [r9+340]
0378 vpackssdw       zmm4, zmm4, zmm5
037e vpaddsw         zmm4, zmm4, zmm28
0384 vpacksswb       zmm4, zmm4, zmm4
038a vpmaxsb         zmm4, zmm4, [r10+80]
0391 vpminsb         zmm4, zmm4, [r10+0C0]
0398 vpermd          zmm4, zmm29, zmm4
039e vmovdqu8        [rcx+30]{k1}, ymm4
03a8 vmovdqu32       zmm6, [rbp+180]
03af vcvtdq2ps       zmm6, zmm6
03b5 vmovaps         zmm31, zmm6
03bb vpternlogd      zmm31, zmm30, [r9+80], 0EA
03c3 vfmadd132ps     zmm6, zmm31, [r9+40]
03ca vcvtps2dq       zmm6, zmm6
03d0 vmovdqu32       zmm7, [rbp+1C0]
03d7 vpcmpeqd        k2, zmm7, [r9+280]
03de vpcmpeqd        k3, zmm7, [r9+300]
03e5 vcvtdq2ps       zmm7, zmm7
03eb vmovaps         zmm31, zmm7
03f1 vpternlogd      zmm31, zmm30, [r9+240], 0EA
03f9 vfmadd132ps     zmm7, zmm31, [r9+200]
0400 vcvtps2dq       zmm7, zmm7
0406 vpaddd          zmm7{k2}, zmm7, [r9+2C0]
040d vpaddd          zmm7{k3}, zmm7, [r9+340]
0414 vpackssdw       zmm6, zmm6, zmm7
041a vpaddsw         zmm6, zmm6, zmm28
0420 vpacksswb       zmm6, zmm6, zmm6
0426 vpmaxsb         zmm6, zmm6, [r10+80]
042d vpminsb         zmm6, zmm6, [r10+0C0]
0434 vpermd          zmm6, zmm29, zmm6
043a vmovdqu8        [rcx+48]{k1}, ymm6
0444 vmovdqu32       zmm8, [rbp+200]
044b vcvtdq2ps       zmm8, zmm8
0451 vmovaps         zmm31, zmm8
0457 vpternlogd      zmm31, zmm30, [r9+80], 0EA
045f vfmadd132ps     zmm8, zmm31, [r9+40]
0466 vcvtps2dq       zmm8, zmm8
046c vmovdqu32       zmm9, [rbp+240]
0473 vpcmpeqd        k2, zmm9, [r9+280]
047a vpcmpeqd        k3, zmm9, [r9+300]
0481 vcvtdq2ps       zmm9, zmm9
0487 vmovaps         zmm31, zmm9
048d vpternlogd      zmm31, zmm30, [r9+240], 0EA
0495 vfmadd132ps     zmm9, zmm31, [r9+200]
049c vcvtps2dq       zmm9, zmm9
04a2 vpaddd          zmm9{k2}, zmm9, [r9+2C0]
04a9 vpaddd          zmm9{k3}, zmm9, [r9+340]
04b0 vpackssdw       zmm8, zmm8, zmm9
04b6 vpaddsw         zmm8, zmm8, zmm28
04bc vpacksswb       zmm8, zmm8, zmm8
04c2 vpmaxsb         zmm8, zmm8, [r10+80]
04c9 vpminsb         zmm8, zmm8, [r10+0C0]
04d0 vpermd          zmm8, zmm29, zmm8
04d6 vmovdqu8        [rcx+60]{k1}, ymm8
04dd vmovdqu32       zmm10, [rbp+280]
04e4 vcvtdq2ps       zmm10, zmm10
04ea vmovaps         zmm31, zmm10
04f0 vpternlogd      zmm31, zmm30, [r9+80], 0EA
04f8 vfmadd132ps     zmm10, zmm31, [r9+40]
04ff vcvtps2dq       zmm10, zmm10
0505 vmovdqu32       zmm11, [rbp+2C0]
050c vpcmpeqd        k2, zmm11, [r9+280]
0513 vpcmpeqd        k3, zmm11, [r9+300]
051a vcvtdq2ps       zmm11, zmm11
0520 vmovaps         zmm31, zmm11
0526 vpternlogd      zmm31, zmm30, [r9+240], 0EA
052e vfmadd132ps     zmm11, zmm31, [r9+200]
0535 vcvtps2dq       zmm11, zmm11
053b vpaddd          zmm11{k2}, zmm11, [r9+2C0]
0542 vpaddd          zmm11{k3}, zmm11, [r9+340]
0549 vpackssdw       zmm10, zmm10, zmm11
054f vpaddsw         zmm10, zmm10, zmm28
0555 vpacksswb       zmm10, zmm10, zmm10
055b vpmaxsb         zmm10, zmm10, [r10+80]
0562 vpminsb         zmm10, zmm10, [r10+0C0]
0569 vpermd          zmm10, zmm29, zmm10
056f vmovdqu8        [rcx+78]{k1}, ymm10
0579 vmovdqu32       zmm12, [rbp+300]
0580 vcvtdq2ps       zmm12, zmm12
0586 vmovaps         zmm31, zmm12
058c vpternlogd      zmm31, zmm30, [r9+80], 0EA
0594 vfmadd132ps     zmm12, zmm31, [r9+40]
059b vcvtps2dq       zmm12, zmm12
05a1 vmovdqu32       zmm13, [rbp+340]
05a8 vpcmpeqd        k2, zmm13, [r9+280]
05af vpcmpeqd        k3, zmm13, [r9+300]
05b6 vcvtdq2ps       zmm13, zmm13
05bc vmovaps         zmm31, zmm13
05c2 vpternlogd      zmm31, zmm30, [r9+240], 0EA
05ca vfmadd132ps     zmm13, zmm31, [r9+200]
05d1 vcvtps2dq       zmm13, zmm13
05d7 vpaddd          zmm13{k2}, zmm13, [r9+2C0]
05de vpaddd          zmm13{k3}, zmm13, [r9+340]
05e5 vpackssdw       zmm12, zmm12, zmm13
05eb vpaddsw         zmm12, zmm12, zmm28
05f1 vpacksswb       zmm12, zmm12, zmm12
05f7 vpmaxsb         zmm12, zmm12, [r10+80]
05fe vpminsb         zmm12, zmm12, [r10+0C0]
0605 vpermd          zmm12, zmm29, zmm12
060b vmovdqu8        [rcx+90]{k1}, ymm12
0615 vmovdqu32       zmm14, [rbp+380]
061c vcvtdq2ps       zmm14, zmm14
0622 vmovaps         zmm31, zmm14
0628 vpternlogd      zmm31, zmm30, [r9+80], 0EA
0630 vfmadd132ps     zmm14, zmm31, [r9+40]
0637 vcvtps2dq       zmm14, zmm14
063d vmovdqu32       zmm15, [rbp+3C0]
0644 vpcmpeqd        k2, zmm15, [r9+280]
064b vpcmpeqd        k3, zmm15, [r9+300]
0652 vcvtdq2ps       zmm15, zmm15
0658 vmovaps         zmm31, zmm15
065e vpternlogd      zmm31, zmm30, [r9+240], 0EA
0666 vfmadd132ps     zmm15, zmm31, [r9+200]
066d vcvtps2dq       zmm15, zmm15
0673 vpaddd          zmm15{k2}, zmm15, [r9+2C0]
067a vpaddd          zmm15{k3}, zmm15, [r9+340]
0681 vpackssdw       zmm14, zmm14, zmm15
0687 vpaddsw         zmm14, zmm14, zmm28
068d vpacksswb       zmm14, zmm14, zmm14
0693 vpmaxsb         zmm14, zmm14, [r10+80]
069a vpminsb         zmm14, zmm14, [r10+0C0]
06a1 vpermd          zmm14, zmm29, zmm14
06a7 vmovdqu8        [rcx+0A8]{k1}, ymm14
06b1 vmovdqu32       zmm16, [rbp+400]
06b8 vcvtdq2ps       zmm16, zmm16
06be vmovaps         zmm31, zmm16
06c4 vpternlogd      zmm31, zmm30, [r9+80], 0EA
06cc vfmadd132ps     zmm16, zmm31, [r9+40]
06d3 vcvtps2dq       zmm16, zmm16
06d9 vmovdqu32       zmm17, [rbp+440]
06e0 vpcmpeqd        k2, zmm17, [r9+280]
06e7 vpcmpeqd        k3, zmm17, [r9+300]
06ee vcvtdq2ps       zmm17, zmm17
06f4 vmovaps         zmm31, zmm17
06fa vpternlogd      zmm31, zmm30, [r9+240], 0EA
0702 vfmadd132ps     zmm17, zmm31, [r9+200]
0709 vcvtps2dq       zmm17, zmm17
070f vpaddd          zmm17{k2}, zmm17, [r9+2C0]
0716 vpaddd          zmm17{k3}, zmm17, [r9+340]
071d vpackssdw       zmm16, zmm16, zmm17
0723 vpaddsw         zmm16, zmm16, zmm28
0729 vpacksswb       zmm16, zmm16, zmm16
072f vpmaxsb         zmm16, zmm16, [r10+80]
0736 vpminsb         zmm16, zmm16, [r10+0C0]
073d vpermd          zmm16, zmm29, zmm16
0743 vmovdqu8        [rcx+0C0]{k1}, ymm16
074a vmovdqu32       zmm18, [rbp+480]
0751 vcvtdq2ps       zmm18, zmm18
0757 vmovaps         zmm31, zmm18
075d vpternlogd      zmm31, zmm30, [r9+80], 0EA
0765 vfmadd132ps     zmm18, zmm31, [r9+40]
076c vcvtps2dq       zmm18, zmm18
0772 vmovdqu32       zmm19, [rbp+4C0]
0779 vpcmpeqd        k2, zmm19, [r9+280]
0780 vpcmpeqd        k3, zmm19, [r9+300]
0787 vcvtdq2ps       zmm19, zmm19
078d vmovaps         zmm31, zmm19
0793 vpternlogd      zmm31, zmm30, [r9+240], 0EA
079b vfmadd132ps     zmm19, zmm31, [r9+200]
07a2 vcvtps2dq       zmm19, zmm19
07a8 vpaddd          zmm19{k2}, zmm19, [r9+2C0]
07af vpaddd          zmm19{k3}, zmm19, [r9+340]
07b6 vpackssdw       zmm18, zmm18, zmm19
07bc vpaddsw         zmm18, zmm18, zmm28
07c2 vpacksswb       zmm18, zmm18, zmm18
07c8 vpmaxsb         zmm18, zmm18, [r10+80]
07cf vpminsb         zmm18, zmm18, [r10+0C0]
07d6 vpermd          zmm18, zmm29, zmm18
07dc vmovdqu8        [rcx+0D8]{k1}, ymm18
07e6 vmovdqu32       zmm20, [rbp+500]
07ed vcvtdq2ps       zmm20, zmm20
07f3 vmovaps         zmm31, zmm20
07f9 vpternlogd      zmm31, zmm30, [r9+80], 0EA
0801 vfmadd132ps     zmm20, zmm31, [r9+40]
0808 vcvtps2dq       zmm20, zmm20
080e vmovdqu32       zmm21, [rbp+540]
0815 vpcmpeqd        k2, zmm21, [r9+280]
081c vpcmpeqd        k3, zmm21, [r9+300]
0823 vcvtdq2ps       zmm21, zmm21
0829 vmovaps         zmm31, zmm21
082f vpternlogd      zmm31, zmm30, [r9+240], 0EA
0837 vfmadd132ps     zmm21, zmm31, [r9+200]
083e vcvtps2dq       zmm21, zmm21
0844 vpaddd          zmm21{k2}, zmm21, [r9+2C0]
084b vpaddd          zmm21{k3}, zmm21, [r9+340]
0852 vpackssdw       zmm20, zmm20, zmm21
0858 vpaddsw         zmm20, zmm20, zmm28
085e vpacksswb       zmm20, zmm20, zmm20
0864 vpmaxsb         zmm20, zmm20, [r10+80]
086b vpminsb         zmm20, zmm20, [r10+0C0]
0872 vpermd          zmm20, zmm29, zmm20
0878 vmovdqu8        [rcx+0F0]{k1}, ymm20
0882 vmovdqu32       zmm22, [rbp+580]
0889 vcvtdq2ps       zmm22, zmm22
088f vmovaps         zmm31, zmm22
0895 vpternlogd      zmm31, zmm30, [r9+80], 0EA
089d vfmadd132ps     zmm22, zmm31, [r9+40]
08a4 vcvtps2dq       zmm22, zmm22
08aa vmovdqu32       zmm23, [rbp+5C0]
08b1 vpcmpeqd        k2, zmm23, [r9+280]
08b8 vpcmpeqd        k3, zmm23, [r9+300]
08bf vcvtdq2ps       zmm23, zmm23
08c5 vmovaps         zmm31, zmm23
08cb vpternlogd      zmm31, zmm30, [r9+240], 0EA
08d3 vfmadd132ps     zmm23, zmm31, [r9+200]
08da vcvtps2dq       zmm23, zmm23
08e0 vpaddd          zmm23{k2}, zmm23, [r9+2C0]
08e7 vpaddd          zmm23{k3}, zmm23, [r9+340]
08ee vpackssdw       zmm22, zmm22, zmm23
08f4 vpaddsw         zmm22, zmm22, zmm28
08fa vpacksswb       zmm22, zmm22, zmm22
0900 vpmaxsb         zmm22, zmm22, [r10+80]
0907 vpminsb         zmm22, zmm22, [r10+0C0]
090e vpermd          zmm22, zmm29, zmm22
0914 vmovdqu8        [rcx+108]{k1}, ymm22
091e vmovdqu32       zmm0, [rbp+600]
0925 vcvtdq2ps       zmm0, zmm0
092b vmovaps         zmm31, zmm0
0931 vpternlogd      zmm31, zmm30, [r9+80], 0EA
0939 vfmadd132ps     zmm0, zmm31, [r9+40]
0940 vcvtps2dq       zmm0, zmm0
0946 vmovdqu32       zmm1, [rbp+640]
094d vpcmpeqd        k2, zmm1, [r9+280]
0954 vpcmpeqd        k3, zmm1, [r9+300]
095b vcvtdq2ps       zmm1, zmm1
0961 vmovaps         zmm31, zmm1
0967 vpternlogd      zmm31, zmm30, [r9+240], 0EA
096f vfmadd132ps     zmm1, zmm31, [r9+200]
0976 vcvtps2dq       zmm1, zmm1
097c vpaddd          zmm1{k2}, zmm1, [r9+2C0]
0983 vpaddd          zmm1{k3}, zmm1, [r9+340]
098a vpackssdw       zmm0, zmm0, zmm1
0990 vpaddsw         zmm0, zmm0, zmm28
0996 vpacksswb       zmm0, zmm0, zmm0
099c vpmaxsb         zmm0, zmm0, [r10+80]
09a3 vpminsb         zmm0, zmm0, [r10+0C0]
09aa vpermd          zmm0, zmm29, zmm0
09b0 vmovdqu8        [rcx+120]{k1}, ymm0
09b7 vmovdqu32       zmm2, [rbp+680]
09be vcvtdq2ps       zmm2, zmm2
09c4 vmovaps         zmm31, zmm2
09ca vpternlogd      zmm31, zmm30, [r9+80], 0EA
09d2 vfmadd132ps     zmm2, zmm31, [r9+40]
09d9 vcvtps2dq       zmm2, zmm2
09df vmovdqu32       zmm3, [rbp+6C0]
09e6 vpcmpeqd        k2, zmm3, [r9+280]
09ed vpcmpeqd        k3, zmm3, [r9+300]
09f4 vcvtdq2ps       zmm3, zmm3
09fa vmovaps         zmm31, zmm3
0a00 vpternlogd      zmm31, zmm30, [r9+240], 0EA
0a08 vfmadd132ps     zmm3, zmm31, [r9+200]
0a0f vcvtps2dq       zmm3, zmm3
0a15 vpaddd          zmm3{k2}, zmm3, [r9+2C0]
0a1c vpaddd          zmm3{k3}, zmm3, [r9+340]
0a23 vpackssdw       zmm2, zmm2, zmm3
0a29 vpaddsw         zmm2, zmm2, zmm28
0a2f vpacksswb       zmm2, zmm2, zmm2
0a35 vpmaxsb         zmm2, zmm2, [r10+80]
0a3c vpminsb         zmm2, zmm2, [r10+0C0]
0a43 vpermd          zmm2, zmm29, zmm2
0a49 vmovdqu8        [rcx+138]{k1}, ymm2
0a53 add             rsi, 900
0a5a add             rcx, 150
0a61 sub             r11, 2
0a65 jg              near 0000000000000064
0a6b tilerelease
0a70 vzeroupper
0a73 pop             r15
0a75 pop             r14
0a77 pop             r13
0a79 pop             r12
0a7b pop             rbp
0a7c pop             rbx
0a7d ret
