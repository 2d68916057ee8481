0000 push            rbx
0001 push            rbp
0002 push            r12
0004 push            r13
0006 push            r14
0008 push            r15
000a push            rdi
000b mov             rsi, [rdi]
000e mov             rcx, [rdi+8]
0012 mov             r8, [rdi+10]
0016 mov             r9, [rdi+18]
001a mov             r10, [rdi+20]
001e mov             r11, [rdi+28]
0022 mov             rbp, [rdi+40]
0026 mov             r13, 0FFFFFF
0030 kmovq           k1, r13
0035 mov             eax, 80000000
003a vpbroadcastd    zmm30, eax
0040 vmovdqu32       zmm28, [r10+40]
0047 vmovdqu32       zmm29, [r10]
004d vmovups         zmm16, [r9+40]
0054 vmovups         zmm20, [r9+80]
005b vmovups         zmm17, [r9+200]
0062 vmovups         zmm21, [r9+240]
0069 mov             eax, 80
006e mov             edx, 40
0073 mov             ebx, 80
0078 ldtilecfg       [rip+993]
0081 cmp             r11, 2
0085 jge             short 00000000000000AA
0087 mov             r13d, 2
008d sub             r13, r11
0090 imul            r14, r13, 480
0097 sub             rsi, r14
009a imul            r14, r13, 0A8
00a1 sub             rcx, r14
00a4 mov             r11d, 2
00aa tileloadd       tmm0, [r9]
00b0 tileloadd       tmm1, [r9+1C0]
00ba tileloadd       tmm2, [r9]
00c0 tileloadd       tmm3, [r9+1C0]
00ca lea             r14, [rsi]
00cd lea             r15, [r8]
00d0 mov             r13d, 6
00d6 tileloadd       tmm5, [r15+rdx]
00dc tileloadd       tmm4, [r14+rax]
00e2 tdpbusd         tmm0, tmm4, tmm5
00e7 tileloadd       tmm4, [r14+rax+480]
00f1 tdpbusd         tmm2, tmm4, tmm5
00f6 tileloadd       tmm5, [r15+rdx+3000]
0100 tdpbusd         tmm3, tmm4, tmm5
0105 tileloadd       tmm4, [r14+rax]
010b tdpbusd         tmm1, tmm4, tmm5
0110 add             r14, 40
0114 add             r15, 400
011b dec             r13d
011e jne             short 00000000000000D6
0120 lea             r14, [rsi+480]
0127 lea             r15, [r8+1800]
012e mov             r13d, 6
0134 tileloadd       tmm5, [r15+rdx]
013a tileloadd       tmm4, [r14+rax]
0140 tdpbusd         tmm0, tmm4, tmm5
0145 tileloadd       tmm4, [r14+rax+480]
014f tdpbusd         tmm2, tmm4, tmm5
0154 tileloadd       tmm5, [r15+rdx+3000]
015e tdpbusd         tmm3, tmm4, tmm5
0163 tileloadd       tmm4, [r14+rax]
0169 tdpbusd         tmm1, tmm4, tmm5
016e add             r14, 40
0172 add             r15, 400
0179 dec             r13d
017c jne             short 0000000000000134
017e mov             r14, [rsp]
0182 mov             r15, [r14+30]
0186 mov             r13, [r14+38]
018a movsxd          r14, [r15]
018d add             r14, rsi
0190 tileloadd       tmm5, [r15+rdx+40]
0197 tileloadd       tmm4, [r14+rax]
019d tdpbusd         tmm0, tmm4, tmm5
01a2 tileloadd       tmm4, [r14+rax+480]
01ac tdpbusd         tmm2, tmm4, tmm5
01b1 tileloadd       tmm5, [r15+rdx+440]
01bb tdpbusd         tmm3, tmm4, tmm5
01c0 tileloadd       tmm4, [r14+rax]
01c6 tdpbusd         tmm1, tmm4, tmm5
01cb add             r15, 840
01d2 dec             r13
01d5 jne             short 000000000000018A
01d7 tilestored      [rbp+rbx], tmm0
01de tilestored      [rbp+rbx+40], tmm1
01e5 tilestored      [rbp+rbx+380], tmm2
01ef tilestored      [rbp+rbx+3C0], tmm3
01f9 vcvtdq2ps       zmm0, [rbp]
0200 vmovaps         zmm31, zmm0
0206 vpternlogd      zmm31, zmm30, zmm20, 0EA
020d vfmadd132ps     zmm0, zmm31, zmm16
0213 vcvtps2dq       zmm0, zmm0
0219 vmovdqu32       zmm1, [rbp+40]
0220 vpcmpeqd        k2, zmm1, [r9+280]
0227 vpcmpeqd        k3, zmm1, [r9+300]
022e vcvtdq2ps       zmm1, zmm1
0234 vmovaps         zmm31, zmm1
023a vpternlogd      zmm31, zmm30, zmm21, 0EA
0241 vfmadd132ps     zmm1, zmm31, zmm17
0247 vcvtps2dq       zmm1, zmm1
024d vpaddd          zmm1{k2}, zmm1, [r9+2C0]
0254 vpaddd          zmm1{k3}, zmm1, [r9+340]
025b vpackssdw       zmm0, zmm0, zmm1
0261 vpaddsw         zmm0, zmm0, zmm28
0267 vpacksswb       zmm0, zmm0, zmm0
026d vpmaxsb         zmm0, zmm0, [r10+80]
0274 vpminsb         zmm0, zmm0, [r10+0C0]
027b vpermd          zmm0, zmm29, zmm0
0281 vmovdqu8        [rcx]{k1}, ymm0
0287 vcvtdq2ps       zmm2, [rbp+80]
028e vmovaps         zmm31, zmm2
0294 vpternlogd      zmm31, zmm30, zmm20, 0EA
029b vfmadd132ps     zmm2, zmm31, zmm16
02a1 vcvtps2dq       zmm2, zmm2
02a7 vmovdqu32       zmm3, [rbp+0C0]
02ae vpcmpeqd        k2, zmm3, [r9+280]
02b5 vpcmpeqd        k3, zmm3, [r9+300]
02bc vcvtdq2ps       zmm3, zmm3
02c2 vmovaps         zmm31, zmm3
02c8 vpternlogd      zmm31, zmm30, zmm21, 0EA
02cf vfmadd132ps     zmm3, zmm31, zmm17
02d5 vcvtps2dq       zmm3, zmm3
02db vpaddd          zmm3{k2}, zmm3, [r9+2C0]
02e2 vpaddd          zmm3{k3}, zmm3, [r9+340]
02e9 vpackssdw       zmm2, zmm2, zmm3
02ef vpaddsw         zmm2, zmm2, zmm28
02f5 vpacksswb       zmm2, zmm2, zmm2
02fb vpmaxsb         zmm2, zmm2, [r10+80]
0302 vpminsb         zmm2, zmm2, [r10+0C0]
0309 vpermd          zmm2, zmm29, zmm2
030f vmovdqu8        [rcx+18]{k1}, ymm2
0319 vcvtdq2ps       zmm4, [rbp+100]
0320 vmovaps         zmm31, zmm4
0326 vpternlogd      zmm31, zmm30, zmm20, 0EA
032d vfmadd132ps     zmm4, zmm31, zmm16
0333 vcvtps2dq       zmm4, zmm4
0339 vmovdqu32       zmm5, [rbp+140]
0340 vpcmpeqd        k2, zmm5, [r9+280]
0347 vpcmpeqd        k3, zmm5, [r9+300]
034e vcvtdq2ps       zmm5, zmm5
0354 vmovaps         zmm31, zmm5
035a vpternlogd      zmm31, zmm30, zmm21, 0EA
0361 vfmadd132ps     zmm5, zmm31, zmm17
0367 vcvtps2dq       zmm5, zmm5
036d vpaddd          zmm5{k2}, zmm5, [r9+2C0]
0374 vpaddd          zmm5{k3}, zmm5, [r9+340]
037b vpackssdw       zmm4, zmm4, zmm5
0381 vpaddsw         zmm4, zmm4, zmm28
0387 vpacksswb       zmm4, zmm4, zmm4
038d vpmaxsb         zmm4, zmm4, [r10+80]
0394 vpminsb         zmm4, zmm4, [r10+0C0]
039b vpermd          zmm4, zmm29, zmm4
03a1 vmovdqu8        [rcx+30]{k1}, ymm4
03ab vcvtdq2ps       zmm6, [rbp+180]
03b2 vmovaps         zmm31, zmm6
03b8 vpternlogd      zmm31, zmm30, zmm20, 0EA
03bf vfmadd132ps     zmm6, zmm31, zmm16
03c5 vcvtps2dq       zmm6, zmm6
03cb vmovdqu32       zmm7, [rbp+1C0]
03d2 vpcmpeqd        k2, zmm7, [r9+280]
03d9 vpcmpeqd        k3, zmm7, [r9+300]
03e0 vcvtdq2ps       zmm7, zmm7
03e6 vmovaps         zmm31, zmm7
03ec vpternlogd      zmm31, zmm30, zmm21, 0EA
03f3 vfmadd132ps     zmm7, zmm31, zmm17
03f9 vcvtps2dq       zmm7, zmm7
03ff vpaddd          zmm7{k2}, zmm7, [r9+2C0]
0406 vpaddd          zmm7{k3}, zmm7, [r9+340]
040d vpackssdw       zmm6, zmm6, zmm7
0413 vpaddsw         zmm6, zmm6, zmm28
0419 vpacksswb       zmm6, zmm6, zmm6
041f vpmaxsb         zmm6, zmm6, [r10+80]
0426 vpminsb         zmm6, zmm6, [r10+0C0]
042d vpermd          zmm6, zmm29, zmm6
0433 vmovdqu8        [rcx+48]{k1}, ymm6
043d vcvtdq2ps       zmm8, [rbp+200]
0444 vmovaps         zmm31, zmm8
044a vpternlogd      zmm31, zmm30, zmm20, 0EA
0451 vfmadd132ps     zmm8, zmm31, zmm16
0457 vcvtps2dq       zmm8, zmm8
045d vmovdqu32       zmm9, [rbp+240]
0464 vpcmpeqd        k2, zmm9, [r9+280]
046b vpcmpeqd        k3, zmm9, [r9+300]
0472 vcvtdq2ps       zmm9, zmm9
0478 vmovaps         zmm31, zmm9
047e vpternlogd      zmm31, zmm30, zmm21, 0EA
0485 vfmadd132ps     zmm9, zmm31, zmm17
048b vcvtps2dq       zmm9, zmm9
0491 vpaddd          zmm9{k2}, zmm9, [r9+2C0]
0498 vpaddd          zmm9{k3}, zmm9, [r9+340]
049f vpackssdw       zmm8, zmm8, zmm9
04a5 vpaddsw         zmm8, zmm8, zmm28
04ab vpacksswb       zmm8, zmm8, zmm8
04b1 vpmaxsb         zmm8, zmm8, [r10+80]
04b8 vpminsb         zmm8, zmm8, [r10+0C0]
04bf vpermd          zmm8, zmm29, zmm8
04c5 vmovdqu8        [rcx+60]{k1}, ymm8
04cc vcvtdq2ps       zmm10, [rbp+280]
04d3 vmovaps         zmm31, zmm10
04d9 vpternlogd      zmm31, zmm30, zmm20, 0EA
04e0 vfmadd132ps     zmm10, zmm31, zmm16
04e6 vcvtps2dq       zmm10, zmm10
04ec vmovdqu32       zmm11, [rbp+2C0]
04f3 vpcmpeqd        k2, zmm11, [r9+280]
04fa vpcmpeqd        k3, zmm11, [r9+300]
0501 vcvtdq2ps       zmm11, zmm11
0507 vmovaps         zmm31, zmm11
050d vpternlogd      zmm31, zmm30, zmm21, 0EA
0514 vfmadd132ps     zmm11, zmm31, zmm17
051a vcvtps2dq       zmm11, zmm11
0520 vpaddd          zmm11{k2}, zmm11, [r9+2C0]
0527 vpaddd          zmm11{k3}, zmm11, [r9+340]
052e vpackssdw       zmm10, zmm10, zmm11
0534 vpaddsw         zmm10, zmm10, zmm28
053a vpacksswb       zmm10, zmm10, zmm10
0540 vpmaxsb         zmm10, zmm10, [r10+80]
0547 vpminsb         zmm10, zmm10, [r10+0C0]
054e vpermd          zmm10, zmm29, zmm10
0554 vmovdqu8        [rcx+78]{k1}, ymm10
055e vcvtdq2ps       zmm12, [rbp+300]
0565 vmovaps         zmm31, zmm12
056b vpternlogd      zmm31, zmm30, zmm20, 0EA
0572 vfmadd132ps     zmm12, zmm31, zmm16
0578 vcvtps2dq       zmm12, zmm12
057e vmovdqu32       zmm13, [rbp+340]
0585 vpcmpeqd        k2, zmm13, [r9+280]
058c vpcmpeqd        k3, zmm13, [r9+300]
0593 vcvtdq2ps       zmm13, zmm13
0599 vmovaps         zmm31, zmm13
059f vpternlogd      zmm31, zmm30, zmm21, 0EA
05a6 vfmadd132ps     zmm13, zmm31, zmm17
05ac vcvtps2dq       zmm13, zmm13
05b2 vpaddd          zmm13{k2}, zmm13, [r9+2C0]
05b9 vpaddd          zmm13{k3}, zmm13, [r9+340]
05c0 vpackssdw       zmm12, zmm12, zmm13
05c6 vpaddsw         zmm12, zmm12, zmm28
05cc vpacksswb       zmm12, zmm12, zmm12
05d2 vpmaxsb         zmm12, zmm12, [r10+80]
05d9 vpminsb         zmm12, zmm12, [r10+0C0]
05e0 vpermd          zmm12, zmm29, zmm12
05e6 vmovdqu8        [rcx+90]{k1}, ymm12
05f0 vcvtdq2ps       zmm14, [rbp+380]
05f7 vmovaps         zmm31, zmm14
05fd vpternlogd      zmm31, zmm30, zmm20, 0EA
0604 vfmadd132ps     zmm14, zmm31, zmm16
060a vcvtps2dq       zmm14, zmm14
0610 vmovdqu32       zmm15, [rbp+3C0]
0617 vpcmpeqd        k2, zmm15, [r9+280]
061e vpcmpeqd        k3, zmm15, [r9+300]
0625 vcvtdq2ps       zmm15, zmm15
062b vmovaps         zmm31, zmm15
0631 vpternlogd      zmm31, zmm30, zmm21, 0EA
0638 vfmadd132ps     zmm15, zmm31, zmm17
063e vcvtps2dq       zmm15, zmm15
0644 vpaddd          zmm15{k2}, zmm15, [r9+2C0]
064b vpaddd          zmm15{k3}, zmm15, [r9+340]
0652 vpackssdw       zmm14, zmm14, zmm15
0658 vpaddsw         zmm14, zmm14, zmm28
065e vpacksswb       zmm14, zmm14, zmm14
0664 vpmaxsb         zmm14, zmm14, [r10+80]
066b vpminsb         zmm14, zmm14, [r10+0C0]
0672 vpermd          zmm14, zmm29, zmm14
0678 vmovdqu8        [rcx+0A8]{k1}, ymm14
0682 vcvtdq2ps       zmm0, [rbp+400]
0689 vmovaps         zmm31, zmm0
068f vpternlogd      zmm31, zmm30, zmm20, 0EA
0696 vfmadd132ps     zmm0, zmm31, zmm16
069c vcvtps2dq       zmm0, zmm0
06a2 vmovdqu32       zmm1, [rbp+440]
06a9 vpcmpeqd        k2, zmm1, [r9+280]
06b0 vpcmpeqd        k3, zmm1, [r9+300]
06b7 vcvtdq2ps       zmm1, zmm1
06bd vmovaps         zmm31, zmm1
06c3 vpternlogd      zmm31, zmm30, zmm21, 0EA
06ca vfmadd132ps     zmm1, zmm31, zmm17
06d0 vcvtps2dq       zmm1, zmm1
06d6 vpaddd          zmm1{k2}, zmm1, [r9+2C0]
06dd vpaddd          zmm1{k3}, zmm1, [r9+340]
06e4 vpackssdw       zmm0, zmm0, zmm1
06ea vpaddsw         zmm0, zmm0, zmm28
06f0 vpacksswb       zmm0, zmm0, zmm0
06f6 vpmaxsb         zmm0, zmm0, [r10+80]
06fd vpminsb         zmm0, zmm0, [r10+0C0]
0704 vpermd          zmm0, zmm29, zmm0
070a vmovdqu8        [rcx+0C0]{k1}, ymm0
0711 vcvtdq2ps       zmm2, [rbp+480]
0718 vmovaps         zmm31, zmm2
071e vpternlogd      zmm31, zmm30, zmm20, 0EA
0725 vfmadd132ps     zmm2, zmm31, zmm16
072b vcvtps2dq       zmm2, zmm2
0731 vmovdqu32       zmm3, [rbp+4C0]
0738 vpcmpeqd        k2, zmm3, [r9+280]
073f vpcmpeqd        k3, zmm3, [r9+300]
0746 vcvtdq2ps       zmm3, zmm3
074c vmovaps         zmm31, zmm3
0752 vpternlogd      zmm31, zmm30, zmm21, 0EA
0759 vfmadd132ps     zmm3, zmm31, zmm17
075f vcvtps2dq       zmm3, zmm3
0765 vpaddd          zmm3{k2}, zmm3, [r9+2C0]
076c vpaddd          zmm3{k3}, zmm3, [r9+340]
0773 vpackssdw       zmm2, zmm2, zmm3
0779 vpaddsw         zmm2, zmm2, zmm28
077f vpacksswb       zmm2, zmm2, zmm2
0785 vpmaxsb         zmm2, zmm2, [r10+80]
078c vpminsb         zmm2, zmm2, [r10+0C0]
0793 vpermd          zmm2, zmm29, zmm2
0799 vmovdqu8        [rcx+0D8]{k1}, ymm2
07a3 vcvtdq2ps       zmm4, [rbp+500]
07aa vmovaps         zmm31, zmm4
07b0 vpternlogd      zmm31, zmm30, zmm20, 0EA
07b7 vfmadd132ps     zmm4, zmm31, zmm16
07bd vcvtps2dq       zmm4, zmm4
07c3 vmovdqu32       zmm5, [rbp+540]
07ca vpcmpeqd        k2, zmm5, [r9+280]
07d1 vpcmpeqd        k3, zmm5, [r9+300]
07d8 vcvtdq2ps       zmm5, zmm5
07de vmovaps         zmm31, zmm5
07e4 vpternlogd      zmm31, zmm30, zmm21, 0EA
07eb vfmadd132ps     zmm5, zmm31, zmm17
07f1 vcvtps2dq       zmm5, zmm5
07f7 vpaddd          zmm5{k2}, zmm5, [r9+2C0]
07fe vpaddd          zmm5{k3}, zmm5, [r9+340]
0805 vpackssdw       zmm4, zmm4, zmm5
080b vpaddsw         zmm4, zmm4, zmm28
0811 vpacksswb       zmm4, zmm4, zmm4
0817 vpmaxsb         zmm4, zmm4, [r10+80]
081e vpminsb         zmm4, zmm4, [r10+0C0]
0825 vpermd          zmm4, zmm29, zmm4
082b vmovdqu8        [rcx+0F0]{k1}, ymm4
0835 vcvtdq2ps       zmm6, [rbp+580]
083c vmovaps         zmm31, zmm6
0842 vpternlogd      zmm31, zmm30, zmm20, 0EA
0849 vfmadd132ps     zmm6, zmm31, zmm16
084f vcvtps2dq       zmm6, zmm6
0855 vmovdqu32       zmm7, [rbp+5C0]
085c vpcmpeqd        k2, zmm7, [r9+280]
0863 vpcmpeqd        k3, zmm7, [r9+300]
086a vcvtdq2ps       zmm7, zmm7
0870 vmovaps         zmm31, zmm7
0876 vpternlogd      zmm31, zmm30, zmm21, 0EA
087d vfmadd132ps     zmm7, zmm31, zmm17
0883 vcvtps2dq       zmm7, zmm7
0889 vpaddd          zmm7{k2}, zmm7, [r9+2C0]
0890 vpaddd          zmm7{k3}, zmm7, [r9+340]
0897 vpackssdw       zmm6, zmm6, zmm7
089d vpaddsw         zmm6, zmm6, zmm28
08a3 vpacksswb       zmm6, zmm6, zmm6
08a9 vpmaxsb         zmm6, zmm6, [r10+80]
08b0 vpminsb         zmm6, zmm6, [r10+0C0]
08b7 vpermd          zmm6, zmm29, zmm6
08bd vmovdqu8        [rcx+108]{k1}, ymm6
08c7 vcvtdq2ps       zmm8, [rbp+600]
08ce vmovaps         zmm31, zmm8
08d4 vpternlogd      zmm31, zmm30, zmm20, 0EA
08db vfmadd132ps     zmm8, zmm31, zmm16
08e1 vcvtps2dq       zmm8, zmm8
08e7 vmovdqu32       zmm9, [rbp+640]
08ee vpcmpeqd        k2, zmm9, [r9+280]
08f5 vpcmpeqd        k3, zmm9, [r9+300]
08fc vcvtdq2ps       zmm9, zmm9
0902 vmovaps         zmm31, zmm9
0908 vpternlogd      zmm31, zmm30, zmm21, 0EA
090f vfmadd132ps     zmm9, zmm31, zmm17
0915 vcvtps2dq       zmm9, zmm9
091b vpaddd          zmm9{k2}, zmm9, [r9+2C0]
0922 vpaddd          zmm9{k3}, zmm9, [r9+340]
0929 vpackssdw       zmm8, zmm8, zmm9
092f vpaddsw         zmm8, zmm8, zmm28
0935 vpacksswb       zmm8, zmm8, zmm8
093b vpmaxsb         zmm8, zmm8, [r10+80]
0942 vpminsb         zmm8, zmm8, [r10+0C0]
0949 vpermd          zmm8, zmm29, zmm8
094f vmovdqu8        [rcx+120]{k1}, ymm8
0956 vcvtdq2ps       zmm10, [rbp+680]
095d vmovaps         zmm31, zmm10
0963 vpternlogd      zmm31, zmm30, zmm20, 0EA
096a vfmadd132ps     zmm10, zmm31, zmm16
0970 vcvtps2dq       zmm10, zmm10
0976 vmovdqu32       zmm11, [rbp+6C0]
097d vpcmpeqd        k2, zmm11, [r9+280]
0984 vpcmpeqd        k3, zmm11, [r9+300]
098b vcvtdq2ps       zmm11, zmm11
0991 vmovaps         zmm31, zmm11
0997 vpternlogd      zmm31, zmm30, zmm21, 0EA
099e vfmadd132ps     zmm11, zmm31, zmm17
09a4 vcvtps2dq       zmm11, zmm11
09aa vpaddd          zmm11{k2}, zmm11, [r9+2C0]
09b1 vpaddd          zmm11{k3}, zmm11, [r9+340]
09b8 vpackssdw       zmm10, zmm10, zmm11
09be vpaddsw         zmm10, zmm10, zmm28
09c4 vpacksswb       zmm10, zmm10, zmm10
09ca vpmaxsb         zmm10, zmm10, [r10+80]
09d1 vpminsb         zmm10, zmm10, [r10+0C0]
09d8 vpermd          zmm10, zmm29, zmm10
09de vmovdqu8        [rcx+138]{k1}, ymm10
09e8 add             rsi, 900
09ef add             rcx, 150
09f6 sub             r11, 2
09fa jg              near 0000000000000081
0a00 tilerelease
0a05 vzeroupper
0a08 pop             rdi
0a09 pop             r15
0a0b pop             r14
0a0d pop             r13
0a0f pop             r12
0a11 pop             rbp
0a12 pop             rbx
0a13 ret
