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
004c vmovups         zmm16, [r9+40]
0053 vmovups         zmm20, [r9+80]
005a vmovups         zmm17, [r9+200]
0061 vmovups         zmm21, [r9+240]
0068 mov             eax, 80
006d mov             edx, 40
0072 mov             ebx, 80
0077 ldtilecfg       [rip+98E]
0080 cmp             r11, 2
0084 jge             short 00000000000000A9
0086 mov             r13d, 2
008c sub             r13, r11
008f imul            r14, r13, 480
0096 sub             rsi, r14
0099 imul            r14, r13, 0A8
00a0 sub             rcx, r14
00a3 mov             r11d, 2
00a9 tileloadd       tmm0, [r9]
00af tileloadd       tmm1, [r9+1C0]
00b9 tileloadd       tmm2, [r9]
00bf tileloadd       tmm3, [r9+1C0]
00c9 lea             r14, [rsi]
00cc lea             r15, [r8]
00cf mov             r13d, 6
00d5 tileloadd       tmm5, [r15+rdx]
00db tileloadd       tmm4, [r14+rax]
00e1 tdpbusd         tmm0, tmm4, tmm5
00e6 tileloadd       tmm4, [r14+rax+480]
00f0 tdpbusd         tmm2, tmm4, tmm5
00f5 tileloadd       tmm5, [r15+rdx+3000]
00ff tdpbusd         tmm3, tmm4, tmm5
0104 tileloadd       tmm4, [r14+rax]
010a tdpbusd         tmm1, tmm4, tmm5
010f add             r14, 40
0113 add             r15, 400
011a dec             r13d
011d jne             short 00000000000000D5
011f lea             r14, [rsi+480]
0126 lea             r15, [r8+1800]
012d mov             r13d, 6
0133 tileloadd       tmm5, [r15+rdx]
0139 tileloadd       tmm4, [r14+rax]
013f tdpbusd         tmm0, tmm4, tmm5
0144 tileloadd       tmm4, [r14+rax+480]
014e tdpbusd         tmm2, tmm4, tmm5
0153 tileloadd       tmm5, [r15+rdx+3000]
015d tdpbusd         tmm3, tmm4, tmm5
0162 tileloadd       tmm4, [r14+rax]
0168 tdpbusd         tmm1, tmm4, tmm5
016d add             r14, 40
0171 add             r15, 400
0178 dec             r13d
017b jne             short 0000000000000133
017d mov             r15, [rdi+30]
0181 mov             r13, [rdi+38]
0185 movsxd          r14, [r15]
0188 add             r14, rsi
018b tileloadd       tmm5, [r15+rdx+40]
0192 tileloadd       tmm4, [r14+rax]
0198 tdpbusd         tmm0, tmm4, tmm5
019d tileloadd       tmm4, [r14+rax+480]
01a7 tdpbusd         tmm2, tmm4, tmm5
01ac tileloadd       tmm5, [r15+rdx+440]
01b6 tdpbusd         tmm3, tmm4, tmm5
01bb tileloadd       tmm4, [r14+rax]
01c1 tdpbusd         tmm1, tmm4, tmm5
01c6 add             r15, 840
01cd dec             r13
01d0 jne             short 0000000000000185
01d2 tilestored      [rbp+rbx], tmm0
01d9 tilestored      [rbp+rbx+40], tmm1
01e0 tilestored      [rbp+rbx+380], tmm2
01ea tilestored      [rbp+rbx+3C0], tmm3
01f4 vcvtdq2ps       zmm0, [rbp]
01fb vmovaps         zmm31, zmm0
0201 vpternlogd      zmm31, zmm30, zmm20, 0EA
0208 vfmadd132ps     zmm0, zmm31, zmm16
020e vcvtps2dq       zmm0, zmm0
0214 vmovdqu32       zmm1, [rbp+40]
021b vpcmpeqd        k2, zmm1, [r9+280]
0222 vpcmpeqd        k3, zmm1, [r9+300]
0229 vcvtdq2ps       zmm1, zmm1
022f vmovaps         zmm31, zmm1
0235 vpternlogd      zmm31, zmm30, zmm21, 0EA
023c vfmadd132ps     zmm1, zmm31, zmm17
0242 vcvtps2dq       zmm1, zmm1
0248 vpaddd          zmm1{k2}, zmm1, [r9+2C0]
024f vpaddd          zmm1{k3}, zmm1, [r9+340]
0256 vpackssdw       zmm0, zmm0, zmm1
025c vpaddsw         zmm0, zmm0, zmm28
0262 vpacksswb       zmm0, zmm0, zmm0
0268 vpmaxsb         zmm0, zmm0, [r10+80]
026f vpminsb         zmm0, zmm0, [r10+0C0]
0276 vpermd          zmm0, zmm29, zmm0
027c vmovdqu8        [rcx]{k1}, ymm0
0282 vcvtdq2ps       zmm2, [rbp+80]
0289 vmovaps         zmm31, zmm2
028f vpternlogd      zmm31, zmm30, zmm20, 0EA
0296 vfmadd132ps     zmm2, zmm31, zmm16
029c vcvtps2dq       zmm2, zmm2
02a2 vmovdqu32       zmm3, [rbp+0C0]
02a9 vpcmpeqd        k2, zmm3, [r9+280]
02b0 vpcmpeqd        k3, zmm3, [r9+300]
02b7 vcvtdq2ps       zmm3, zmm3
02bd vmovaps         zmm31, zmm3
02c3 vpternlogd      zmm31, zmm30, zmm21, 0EA
02ca vfmadd132ps     zmm3, zmm31, zmm17
02d0 vcvtps2dq       zmm3, zmm3
02d6 vpaddd          zmm3{k2}, zmm3, [r9+2C0]
02dd vpaddd          zmm3{k3}, zmm3, [r9+340]
02e4 vpackssdw       zmm2, zmm2, zmm3
02ea vpaddsw         zmm2, zmm2, zmm28
02f0 vpacksswb       zmm2, zmm2, zmm2
02f6 vpmaxsb         zmm2, zmm2, [r10+80]
02fd vpminsb         zmm2, zmm2, [r10+0C0]
0304 vpermd          zmm2, zmm29, zmm2
030a vmovdqu8        [rcx+18]{k1}, ymm2
0314 vcvtdq2ps       zmm4, [rbp+100]
031b vmovaps         zmm31, zmm4
0321 vpternlogd      zmm31, zmm30, zmm20, 0EA
0328 vfmadd132ps     zmm4, zmm31, zmm16
032e vcvtps2dq       zmm4, zmm4
0334 vmovdqu32       zmm5, [rbp+140]
033b vpcmpeqd        k2, zmm5, [r9+280]
0342 vpcmpeqd        k3, zmm5, [r9+300]
0349 vcvtdq2ps       zmm5, zmm5
034f vmovaps         zmm31, zmm5
0355 vpternlogd      zmm31, zmm30, zmm21, 0EA
035c vfmadd132ps     zmm5, zmm31, zmm17
0362 vcvtps2dq       zmm5, zmm5
0368 vpaddd          zmm5{k2}, zmm5, [r9+2C0]
036f vpaddd          zmm5{k3}, zmm5, [r9+340]
0376 vpackssdw       zmm4, zmm4, zmm5
037c vpaddsw         zmm4, zmm4, zmm28
0382 vpacksswb       zmm4, zmm4, zmm4
0388 vpmaxsb         zmm4, zmm4, [r10+80]
038f vpminsb         zmm4, zmm4, [r10+0C0]
0396 vpermd          zmm4, zmm29, zmm4
039c vmovdqu8        [rcx+30]{k1}, ymm4
03a6 vcvtdq2ps       zmm6, [rbp+180]
03ad vmovaps         zmm31, zmm6
03b3 vpternlogd      zmm31, zmm30, zmm20, 0EA
03ba vfmadd132ps     zmm6, zmm31, zmm16
03c0 vcvtps2dq       zmm6, zmm6
03c6 vmovdqu32       zmm7, [rbp+1C0]
03cd vpcmpeqd        k2, zmm7, [r9+280]
03d4 vpcmpeqd        k3, zmm7, [r9+300]
03db vcvtdq2ps       zmm7, zmm7
03e1 vmovaps         zmm31, zmm7
03e7 vpternlogd      zmm31, zmm30, zmm21, 0EA
03ee vfmadd132ps     zmm7, zmm31, zmm17
03f4 vcvtps2dq       zmm7, zmm7
03fa vpaddd          zmm7{k2}, zmm7, [r9+2C0]
0401 vpaddd          zmm7{k3}, zmm7, [r9+340]
0408 vpackssdw       zmm6, zmm6, zmm7
040e vpaddsw         zmm6, zmm6, zmm28
0414 vpacksswb       zmm6, zmm6, zmm6
041a vpmaxsb         zmm6, zmm6, [r10+80]
0421 vpminsb         zmm6, zmm6, [r10+0C0]
0428 vpermd          zmm6, zmm29, zmm6
042e vmovdqu8        [rcx+48]{k1}, ymm6
0438 vcvtdq2ps       zmm8, [rbp+200]
043f vmovaps         zmm31, zmm8
0445 vpternlogd      zmm31, zmm30, zmm20, 0EA
044c vfmadd132ps     zmm8, zmm31, zmm16
0452 vcvtps2dq       zmm8, zmm8
0458 vmovdqu32       zmm9, [rbp+240]
045f vpcmpeqd        k2, zmm9, [r9+280]
0466 vpcmpeqd        k3, zmm9, [r9+300]
046d vcvtdq2ps       zmm9, zmm9
0473 vmovaps         zmm31, zmm9
0479 vpternlogd      zmm31, zmm30, zmm21, 0EA
0480 vfmadd132ps     zmm9, zmm31, zmm17
0486 vcvtps2dq       zmm9, zmm9
048c vpaddd          zmm9{k2}, zmm9, [r9+2C0]
0493 vpaddd          zmm9{k3}, zmm9, [r9+340]
049a vpackssdw       zmm8, zmm8, zmm9
04a0 vpaddsw         zmm8, zmm8, zmm28
04a6 vpacksswb       zmm8, zmm8, zmm8
04ac vpmaxsb         zmm8, zmm8, [r10+80]
04b3 vpminsb         zmm8, zmm8, [r10+0C0]
04ba vpermd          zmm8, zmm29, zmm8
04c0 vmovdqu8        [rcx+60]{k1}, ymm8
04c7 vcvtdq2ps       zmm10, [rbp+280]
04ce vmovaps         zmm31, zmm10
04d4 vpternlogd      zmm31, zmm30, zmm20, 0EA
04db vfmadd132ps     zmm10, zmm31, zmm16
04e1 vcvtps2dq       zmm10, zmm10
04e7 vmovdqu32       zmm11, [rbp+2C0]
04ee vpcmpeqd        k2, zmm11, [r9+280]
04f5 vpcmpeqd        k3, zmm11, [r9+300]
04fc vcvtdq2ps       zmm11, zmm11
0502 vmovaps         zmm31, zmm11
0508 vpternlogd      zmm31, zmm30, zmm21, 0EA
050f vfmadd132ps     zmm11, zmm31, zmm17
0515 vcvtps2dq       zmm11, zmm11
051b vpaddd          zmm11{k2}, zmm11, [r9+2C0]
0522 vpaddd          zmm11{k3}, zmm11, [r9+340]
0529 vpackssdw       zmm10, zmm10, zmm11
052f vpaddsw         zmm10, zmm10, zmm28
0535 vpacksswb       zmm10, zmm10, zmm10
053b vpmaxsb         zmm10, zmm10, [r10+80]
0542 vpminsb         zmm10, zmm10, [r10+0C0]
0549 vpermd          zmm10, zmm29, zmm10
054f vmovdqu8        [rcx+78]{k1}, ymm10
0559 vcvtdq2ps       zmm12, [rbp+300]
0560 vmovaps         zmm31, zmm12
0566 vpternlogd      zmm31, zmm30, zmm20, 0EA
056d vfmadd132ps     zmm12, zmm31, zmm16
0573 vcvtps2dq       zmm12, zmm12
0579 vmovdqu32       zmm13, [rbp+340]
0580 vpcmpeqd        k2, zmm13, [r9+280]
0587 vpcmpeqd        k3, zmm13, [r9+300]
058e vcvtdq2ps       zmm13, zmm13
0594 vmovaps         zmm31, zmm13
059a vpternlogd      zmm31, zmm30, zmm21, 0EA
05a1 vfmadd132ps     zmm13, zmm31, zmm17
05a7 vcvtps2dq       zmm13, zmm13
05ad vpaddd          zmm13{k2}, zmm13, [r9+2C0]
05b4 vpaddd          zmm13{k3}, zmm13, [r9+340]
05bb vpackssdw       zmm12, zmm12, zmm13
05c1 vpaddsw         zmm12, zmm12, zmm28
05c7 vpacksswb       zmm12, zmm12, zmm12
05cd vpmaxsb         zmm12, zmm12, [r10+80]
05d4 vpminsb         zmm12, zmm12, [r10+0C0]
05db vpermd          zmm12, zmm29, zmm12
05e1 vmovdqu8        [rcx+90]{k1}, ymm12
05eb vcvtdq2ps       zmm14, [rbp+380]
05f2 vmovaps         zmm31, zmm14
05f8 vpternlogd      zmm31, zmm30, zmm20, 0EA
05ff vfmadd132ps     zmm14, zmm31, zmm16
0605 vcvtps2dq       zmm14, zmm14
060b vmovdqu32       zmm15, [rbp+3C0]
0612 vpcmpeqd        k2, zmm15, [r9+280]
0619 vpcmpeqd        k3, zmm15, [r9+300]
0620 vcvtdq2ps       zmm15, zmm15
0626 vmovaps         zmm31, zmm15
062c vpternlogd      zmm31, zmm30, zmm21, 0EA
0633 vfmadd132ps     zmm15, zmm31, zmm17
0639 vcvtps2dq       zmm15, zmm15
063f vpaddd          zmm15{k2}, zmm15, [r9+2C0]
0646 vpaddd          zmm15{k3}, zmm15, [r9+340]
064d vpackssdw       zmm14, zmm14, zmm15
0653 vpaddsw         zmm14, zmm14, zmm28
0659 vpacksswb       zmm14, zmm14, zmm14
065f vpmaxsb         zmm14, zmm14, [r10+80]
0666 vpminsb         zmm14, zmm14, [r10+0C0]
066d vpermd          zmm14, zmm29, zmm14
0673 vmovdqu8        [rcx+0A8]{k1}, ymm14
067d vcvtdq2ps       zmm0, [rbp+400]
0684 vmovaps         zmm31, zmm0
068a vpternlogd      zmm31, zmm30, zmm20, 0EA
0691 vfmadd132ps     zmm0, zmm31, zmm16
0697 vcvtps2dq       zmm0, zmm0
069d vmovdqu32       zmm1, [rbp+440]
06a4 vpcmpeqd        k2, zmm1, [r9+280]
06ab vpcmpeqd        k3, zmm1, [r9+300]
06b2 vcvtdq2ps       zmm1, zmm1
06b8 vmovaps         zmm31, zmm1
06be vpternlogd      zmm31, zmm30, zmm21, 0EA
06c5 vfmadd132ps     zmm1, zmm31, zmm17
06cb vcvtps2dq       zmm1, zmm1
06d1 vpaddd          zmm1{k2}, zmm1, [r9+2C0]
06d8 vpaddd          zmm1{k3}, zmm1, [r9+340]
06df vpackssdw       zmm0, zmm0, zmm1
06e5 vpaddsw         zmm0, zmm0, zmm28
06eb vpacksswb       zmm0, zmm0, zmm0
06f1 vpmaxsb         zmm0, zmm0, [r10+80]
06f8 vpminsb         zmm0, zmm0, [r10+0C0]
06ff vpermd          zmm0, zmm29, zmm0
0705 vmovdqu8        [rcx+0C0]{k1}, ymm0
070c vcvtdq2ps       zmm2, [rbp+480]
0713 vmovaps         zmm31, zmm2
0719 vpternlogd      zmm31, zmm30, zmm20, 0EA
0720 vfmadd132ps     zmm2, zmm31, zmm16
0726 vcvtps2dq       zmm2, zmm2
072c vmovdqu32       zmm3, [rbp+4C0]
0733 vpcmpeqd        k2, zmm3, [r9+280]
073a vpcmpeqd        k3, zmm3, [r9+300]
0741 vcvtdq2ps       zmm3, zmm3
0747 vmovaps         zmm31, zmm3
074d vpternlogd      zmm31, zmm30, zmm21, 0EA
0754 vfmadd132ps     zmm3, zmm31, zmm17
075a vcvtps2dq       zmm3, zmm3
0760 vpaddd          zmm3{k2}, zmm3, [r9+2C0]
0767 vpaddd          zmm3{k3}, zmm3, [r9+340]
076e vpackssdw       zmm2, zmm2, zmm3
0774 vpaddsw         zmm2, zmm2, zmm28
077a vpacksswb       zmm2, zmm2, zmm2
0780 vpmaxsb         zmm2, zmm2, [r10+80]
0787 vpminsb         zmm2, zmm2, [r10+0C0]
078e vpermd          zmm2, zmm29, zmm2
0794 vmovdqu8        [rcx+0D8]{k1}, ymm2
079e vcvtdq2ps       zmm4, [rbp+500]
07a5 vmovaps         zmm31, zmm4
07ab vpternlogd      zmm31, zmm30, zmm20, 0EA
07b2 vfmadd132ps     zmm4, zmm31, zmm16
07b8 vcvtps2dq       zmm4, zmm4
07be vmovdqu32       zmm5, [rbp+540]
07c5 vpcmpeqd        k2, zmm5, [r9+280]
07cc vpcmpeqd        k3, zmm5, [r9+300]
07d3 vcvtdq2ps       zmm5, zmm5
07d9 vmovaps         zmm31, zmm5
07df vpternlogd      zmm31, zmm30, zmm21, 0EA
07e6 vfmadd132ps     zmm5, zmm31, zmm17
07ec vcvtps2dq       zmm5, zmm5
07f2 vpaddd          zmm5{k2}, zmm5, [r9+2C0]
07f9 vpaddd          zmm5{k3}, zmm5, [r9+340]
0800 vpackssdw       zmm4, zmm4, zmm5
0806 vpaddsw         zmm4, zmm4, zmm28
080c vpacksswb       zmm4, zmm4, zmm4
0812 vpmaxsb         zmm4, zmm4, [r10+80]
0819 vpminsb         zmm4, zmm4, [r10+0C0]
0820 vpermd          zmm4, zmm29, zmm4
0826 vmovdqu8        [rcx+0F0]{k1}, ymm4
0830 vcvtdq2ps       zmm6, [rbp+580]
0837 vmovaps         zmm31, zmm6
083d vpternlogd      zmm31, zmm30, zmm20, 0EA
0844 vfmadd132ps     zmm6, zmm31, zmm16
084a vcvtps2dq       zmm6, zmm6
0850 vmovdqu32       zmm7, [rbp+5C0]
0857 vpcmpeqd        k2, zmm7, [r9+280]
085e vpcmpeqd        k3, zmm7, [r9+300]
0865 vcvtdq2ps       zmm7, zmm7
086b vmovaps         zmm31, zmm7
0871 vpternlogd      zmm31, zmm30, zmm21, 0EA
0878 vfmadd132ps     zmm7, zmm31, zmm17
087e vcvtps2dq       zmm7, zmm7
0884 vpaddd          zmm7{k2}, zmm7, [r9+2C0]
088b vpaddd          zmm7{k3}, zmm7, [r9+340]
0892 vpackssdw       zmm6, zmm6, zmm7
0898 vpaddsw         zmm6, zmm6, zmm28
089e vpacksswb       zmm6, zmm6, zmm6
08a4 vpmaxsb         zmm6, zmm6, [r10+80]
08ab vpminsb         zmm6, zmm6, [r10+0C0]
08b2 vpermd          zmm6, zmm29, zmm6
08b8 vmovdqu8        [rcx+108]{k1}, ymm6
08c2 vcvtdq2ps       zmm8, [rbp+600]
08c9 vmovaps         zmm31, zmm8
08cf vpternlogd      zmm31, zmm30, zmm20, 0EA
08d6 vfmadd132ps     zmm8, zmm31, zmm16
08dc vcvtps2dq       zmm8, zmm8
08e2 vmovdqu32       zmm9, [rbp+640]
08e9 vpcmpeqd        k2, zmm9, [r9+280]
08f0 vpcmpeqd        k3, zmm9, [r9+300]
08f7 vcvtdq2ps       zmm9, zmm9
08fd vmovaps         zmm31, zmm9
0903 vpternlogd      zmm31, zmm30, zmm21, 0EA
090a vfmadd132ps     zmm9, zmm31, zmm17
0910 vcvtps2dq       zmm9, zmm9
0916 vpaddd          zmm9{k2}, zmm9, [r9+2C0]
091d vpaddd          zmm9{k3}, zmm9, [r9+340]
0924 vpackssdw       zmm8, zmm8, zmm9
092a vpaddsw         zmm8, zmm8, zmm28
0930 vpacksswb       zmm8, zmm8, zmm8
0936 vpmaxsb         zmm8, zmm8, [r10+80]
093d vpminsb         zmm8, zmm8, [r10+0C0]
0944 vpermd          zmm8, zmm29, zmm8
094a vmovdqu8        [rcx+120]{k1}, ymm8
0951 vcvtdq2ps       zmm10, [rbp+680]
0958 vmovaps         zmm31, zmm10
095e vpternlogd      zmm31, zmm30, zmm20, 0EA
0965 vfmadd132ps     zmm10, zmm31, zmm16
096b vcvtps2dq       zmm10, zmm10
0971 vmovdqu32       zmm11, [rbp+6C0]
0978 vpcmpeqd        k2, zmm11, [r9+280]
097f vpcmpeqd        k3, zmm11, [r9+300]
0986 vcvtdq2ps       zmm11, zmm11
098c vmovaps         zmm31, zmm11
0992 vpternlogd      zmm31, zmm30, zmm21, 0EA
0999 vfmadd132ps     zmm11, zmm31, zmm17
099f vcvtps2dq       zmm11, zmm11
09a5 vpaddd          zmm11{k2}, zmm11, [r9+2C0]
09ac vpaddd          zmm11{k3}, zmm11, [r9+340]
09b3 vpackssdw       zmm10, zmm10, zmm11
09b9 vpaddsw         zmm10, zmm10, zmm28
09bf vpacksswb       zmm10, zmm10, zmm10
09c5 vpmaxsb         zmm10, zmm10, [r10+80]
09cc vpminsb         zmm10, zmm10, [r10+0C0]
09d3 vpermd          zmm10, zmm29, zmm10
09d9 vmovdqu8        [rcx+138]{k1}, ymm10
09e3 add             rsi, 900
09ea add             rcx, 150
09f1 sub             r11, 2
09f5 jg              near 0000000000000080
09fb tilerelease
0a00 vzeroupper
0a03 pop             r15
0a05 pop             r14
0a07 pop             r13
0a09 pop             r12
0a0b pop             rbp
0a0c pop             rbx
0a0d ret
