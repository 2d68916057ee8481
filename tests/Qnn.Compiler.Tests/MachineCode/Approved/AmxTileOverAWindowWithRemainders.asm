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
005b ldtilecfg       [rip+567]
0064 cmp             r11, 7
0068 jge             short 000000000000008A
006a mov             r13d, 7
0070 sub             r13, r11
0073 imul            r14, r13, 80
007a sub             rsi, r14
007d imul            r14, r13, 18
0081 sub             rcx, r14
0084 mov             r11d, 7
008a tileloadd       tmm0, [r9]
0090 tileloadd       tmm1, [r9+1C0]
009a lea             r14, [rsi]
009d lea             r15, [r8]
00a0 mov             r13d, 6
00a6 tileloadd       tmm4, [r14+rax]
00ac tileloadd       tmm5, [r15+rdx]
00b2 tdpbusd         tmm0, tmm4, tmm5
00b7 tileloadd       tmm5, [r15+rdx+3000]
00c1 tdpbusd         tmm1, tmm4, tmm5
00c6 add             r14, 40
00ca add             r15, 400
00d1 dec             r13d
00d4 jne             short 00000000000000A6
00d6 lea             r14, [rsi+480]
00dd lea             r15, [r8+1800]
00e4 mov             r13d, 6
00ea tileloadd       tmm4, [r14+rax]
00f0 tileloadd       tmm5, [r15+rdx]
00f6 tdpbusd         tmm0, tmm4, tmm5
00fb tileloadd       tmm5, [r15+rdx+3000]
0105 tdpbusd         tmm1, tmm4, tmm5
010a add             r14, 40
010e add             r15, 400
0115 dec             r13d
0118 jne             short 00000000000000EA
011a mov             r15, [rdi+30]
011e mov             r13, [rdi+38]
0122 movsxd          r14, [r15]
0125 add             r14, rsi
0128 tileloadd       tmm4, [r14+rax]
012e tileloadd       tmm5, [r15+rdx+40]
0135 tdpbusd         tmm0, tmm4, tmm5
013a tileloadd       tmm5, [r15+rdx+440]
0144 tdpbusd         tmm1, tmm4, tmm5
0149 add             r15, 840
0150 dec             r13
0153 jne             short 0000000000000122
0155 tilestored      [rbp+rbx], tmm0
015c tilestored      [rbp+rbx+40], tmm1
0163 vmovdqu32       zmm0, [rbp]
016a vcvtdq2ps       zmm0, zmm0
0170 vmovaps         zmm31, zmm0
0176 vpternlogd      zmm31, zmm30, [r9+80], 0EA
017e vfmadd132ps     zmm0, zmm31, [r9+40]
0185 vcvtps2dq       zmm0, zmm0
018b vmovdqu32       zmm1, [rbp+40]
0192 vpcmpeqd        k2, zmm1, [r9+280]
0199 vpcmpeqd        k3, zmm1, [r9+300]
01a0 vcvtdq2ps       zmm1, zmm1
01a6 vmovaps         zmm31, zmm1
01ac vpternlogd      zmm31, zmm30, [r9+240], 0EA
01b4 vfmadd132ps     zmm1, zmm31, [r9+200]
01bb vcvtps2dq       zmm1, zmm1
01c1 vpaddd          zmm1{k2}, zmm1, [r9+2C0]
01c8 vpaddd          zmm1{k3}, zmm1, [r9+340]
01cf vpackssdw       zmm0, zmm0, zmm1
01d5 vpaddsw         zmm0, zmm0, zmm28
01db vpacksswb       zmm0, zmm0, zmm0
01e1 vpmaxsb         zmm0, zmm0, [r10+80]
01e8 vpminsb         zmm0, zmm0, [r10+0C0]
01ef vpermd          zmm0, zmm29, zmm0
01f5 vmovdqu8        [rcx]{k1}, ymm0
01fb vmovdqu32       zmm2, [rbp+80]
0202 vcvtdq2ps       zmm2, zmm2
0208 vmovaps         zmm31, zmm2
020e vpternlogd      zmm31, zmm30, [r9+80], 0EA
0216 vfmadd132ps     zmm2, zmm31, [r9+40]
021d vcvtps2dq       zmm2, zmm2
0223 vmovdqu32       zmm3, [rbp+0C0]
022a vpcmpeqd        k2, zmm3, [r9+280]
0231 vpcmpeqd        k3, zmm3, [r9+300]
0238 vcvtdq2ps       zmm3, zmm3
023e vmovaps         zmm31, zmm3
0244 vpternlogd      zmm31, zmm30, [r9+240], 0EA
024c vfmadd132ps     zmm3, zmm31, [r9+200]
0253 vcvtps2dq       zmm3, zmm3
0259 vpaddd          zmm3{k2}, zmm3, [r9+2C0]
0260 vpaddd          zmm3{k3}, zmm3, [r9+340]
0267 vpackssdw       zmm2, zmm2, zmm3
026d vpaddsw         zmm2, zmm2, zmm28
0273 vpacksswb       zmm2, zmm2, zmm2
0279 vpmaxsb         zmm2, zmm2, [r10+80]
0280 vpminsb         zmm2, zmm2, [r10+0C0]
0287 vpermd          zmm2, zmm29, zmm2
028d vmovdqu8        [rcx+18]{k1}, ymm2
0297 vmovdqu32       zmm4, [rbp+100]
029e vcvtdq2ps       zmm4, zmm4
02a4 vmovaps         zmm31, zmm4
02aa vpternlogd      zmm31, zmm30, [r9+80], 0EA
02b2 vfmadd132ps     zmm4, zmm31, [r9+40]
02b9 vcvtps2dq       zmm4, zmm4
02bf vmovdqu32       zmm5, [rbp+140]
02c6 vpcmpeqd        k2, zmm5, [r9+280]
02cd vpcmpeqd        k3, zmm5, [r9+300]
02d4 vcvtdq2ps       zmm5, zmm5
02da vmovaps         zmm31, zmm5
02e0 vpternlogd      zmm31, zmm30, [r9+240], 0EA
02e8 vfmadd132ps     zmm5, zmm31, [r9+200]
02ef vcvtps2dq       zmm5, zmm5
02f5 vpaddd          zmm5{k2}, zmm5, [r9+2C0]
02fc vpaddd          zmm5{k3}, zmm5, [r9+340]
0303 vpackssdw       zmm4, zmm4, zmm5
0309 vpaddsw         zmm4, zmm4, zmm28
030f vpacksswb       zmm4, zmm4, zmm4
0315 vpmaxsb         zmm4, zmm4, [r10+80]
031c vpminsb         zmm4, zmm4, [r10+0C0]
0323 vpermd          zmm4, zmm29, zmm4
0329 vmovdqu8        [rcx+30]{k1}, ymm4
0333 vmovdqu32       zmm6, [rbp+180]
033a vcvtdq2ps       zmm6, zmm6
0340 vmovaps         zmm31, zmm6
0346 vpternlogd      zmm31, zmm30, [r9+80], 0EA
034e vfmadd132ps     zmm6, zmm31, [r9+40]
0355 vcvtps2dq       zmm6, zmm6
035b vmovdqu32       zmm7, [rbp+1C0]
0362 vpcmpeqd        k2, zmm7, [r9+280]
0369 vpcmpeqd        k3, zmm7, [r9+300]
0370 vcvtdq2ps       zmm7, zmm7
0376 vmovaps         zmm31, zmm7
037c vpternlogd      zmm31, zmm30, [r9+240], 0EA
0384 vfmadd132ps     zmm7, zmm31, [r9+200]
038b vcvtps2dq       zmm7, zmm7
0391 vpaddd          zmm7{k2}, zmm7, [r9+2C0]
0398 vpaddd          zmm7{k3}, zmm7, [r9+340]
039f vpackssdw       zmm6, zmm6, zmm7
03a5 vpaddsw         zmm6, zmm6, zmm28
03ab vpacksswb       zmm6, zmm6, zmm6
03b1 vpmaxsb         zmm6, zmm6, [r10+80]
03b8 vpminsb         zmm6, zmm6, [r10+0C0]
03bf vpermd          zmm6, zmm29, zmm6
03c5 vmovdqu8        [rcx+48]{k1}, ymm6
03cf vmovdqu32       zmm8, [rbp+200]
03d6 vcvtdq2ps       zmm8, zmm8
03dc vmovaps         zmm31, zmm8
03e2 vpternlogd      zmm31, zmm30, [r9+80], 0EA
03ea vfmadd132ps     zmm8, zmm31, [r9+40]
03f1 vcvtps2dq       zmm8, zmm8
03f7 vmovdqu32       zmm9, [rbp+240]
03fe vpcmpeqd        k2, zmm9, [r9+280]
0405 vpcmpeqd        k3, zmm9, [r9+300]
040c vcvtdq2ps       zmm9, zmm9
0412 vmovaps         zmm31, zmm9
0418 vpternlogd      zmm31, zmm30, [r9+240], 0EA
0420 vfmadd132ps     zmm9, zmm31, [r9+200]
0427 vcvtps2dq       zmm9, zmm9
042d vpaddd          zmm9{k2}, zmm9, [r9+2C0]
0434 vpaddd          zmm9{k3}, zmm9, [r9+340]
043b vpackssdw       zmm8, zmm8, zmm9
0441 vpaddsw         zmm8, zmm8, zmm28
0447 vpacksswb       zmm8, zmm8, zmm8
044d vpmaxsb         zmm8, zmm8, [r10+80]
0454 vpminsb         zmm8, zmm8, [r10+0C0]
045b vpermd          zmm8, zmm29, zmm8
0461 vmovdqu8        [rcx+60]{k1}, ymm8
0468 vmovdqu32       zmm10, [rbp+280]
046f vcvtdq2ps       zmm10, zmm10
0475 vmovaps         zmm31, zmm10
047b vpternlogd      zmm31, zmm30, [r9+80], 0EA
0483 vfmadd132ps     zmm10, zmm31, [r9+40]
048a vcvtps2dq       zmm10, zmm10
0490 vmovdqu32       zmm11, [rbp+2C0]
0497 vpcmpeqd        k2, zmm11, [r9+280]
049e vpcmpeqd        k3, zmm11, [r9+300]
04a5 vcvtdq2ps       zmm11, zmm11
04ab vmovaps         zmm31, zmm11
04b1 vpternlogd      zmm31, zmm30, [r9+240], 0EA
04b9 vfmadd132ps     zmm11, zmm31, [r9+200]
04c0 vcvtps2dq       zmm11, zmm11
04c6 vpaddd          zmm11{k2}, zmm11, [r9+2C0]
04cd vpaddd          zmm11{k3}, zmm11, [r9+340]
04d4 vpackssdw       zmm10, zmm10, zmm11
04da vpaddsw         zmm10, zmm10, zmm28
04e0 vpacksswb       zmm10, zmm10, zmm10
04e6 vpmaxsb         zmm10, zmm10, [r10+80]
04ed vpminsb         zmm10, zmm10, [r10+0C0]
04f4 vpermd          zmm10, zmm29, zmm10
04fa vmovdqu8        [rcx+78]{k1}, ymm10
0504 vmovdqu32       zmm12, [rbp+300]
050b vcvtdq2ps       zmm12, zmm12
0511 vmovaps         zmm31, zmm12
0517 vpternlogd      zmm31, zmm30, [r9+80], 0EA
051f vfmadd132ps     zmm12, zmm31, [r9+40]
0526 vcvtps2dq       zmm12, zmm12
052c vmovdqu32       zmm13, [rbp+340]
0533 vpcmpeqd        k2, zmm13, [r9+280]
053a vpcmpeqd        k3, zmm13, [r9+300]
0541 vcvtdq2ps       zmm13, zmm13
0547 vmovaps         zmm31, zmm13
054d vpternlogd      zmm31, zmm30, [r9+240], 0EA
0555 vfmadd132ps     zmm13, zmm31, [r9+200]
055c vcvtps2dq       zmm13, zmm13
0562 vpaddd          zmm13{k2}, zmm13, [r9+2C0]
0569 vpaddd          zmm13{k3}, zmm13, [r9+340]
0570 vpackssdw       zmm12, zmm12, zmm13
0576 vpaddsw         zmm12, zmm12, zmm28
057c vpacksswb       zmm12, zmm12, zmm12
0582 vpmaxsb         zmm12, zmm12, [r10+80]
0589 vpminsb         zmm12, zmm12, [r10+0C0]
0590 vpermd          zmm12, zmm29, zmm12
0596 vmovdqu8        [rcx+90]{k1}, ymm12
05a0 add             rsi, 380
05a7 add             rcx, 0A8
05ae sub             r11, 7
05b2 jg              near 0000000000000064
05b8 tilerelease
05bd vzeroupper
05c0 pop             r15
05c2 pop             r14
05c4 pop             r13
05c6 pop             r12
05c8 pop             rbp
05c9 pop             rbx
05ca ret
