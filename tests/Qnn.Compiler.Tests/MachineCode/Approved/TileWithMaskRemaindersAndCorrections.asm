0000 push            rbx
0001 mov             rsi, [rdi]
0004 mov             rcx, [rdi+8]
0008 mov             r8, [rdi+10]
000c mov             r9, [rdi+18]
0010 mov             r10, [rdi+20]
0014 mov             r11, [rdi+28]
0018 mov             rax, 0FFFFFF
0022 kmovq           k1, rax
0027 mov             eax, 80000000
002c vpbroadcastd    zmm30, eax
0032 cmp             r11, 2
0036 jge             short 0000000000000054
0038 mov             eax, 2
003d sub             rax, r11
0040 imul            rdx, rax, 0C
0044 sub             rsi, rdx
0047 imul            rdx, rax, 18
004b sub             rcx, rdx
004e mov             r11d, 2
0054 vmovdqu32       zmm0, [r9]
005a vmovdqu32       zmm1, [r9+1C0]
0061 vmovdqa32       zmm2, zmm0
0067 vmovdqa32       zmm3, zmm1
006d vmovdqu32       zmm4, [r8]
0073 prefetcht0      [r8+400]
007b vmovdqu32       zmm5, [r8+0C0]
0082 prefetcht0      [r8+4C0]
008a vpbroadcastd    zmm6, [rsi]
0090 vpdpbusd        zmm0, zmm6, zmm4
0096 vpdpbusd        zmm1, zmm6, zmm5
009c vpbroadcastd    zmm7, [rsi+0C]
00a3 vpdpbusd        zmm2, zmm7, zmm4
00a9 vpdpbusd        zmm3, zmm7, zmm5
00af vmovdqu32       zmm4, [r8+40]
00b6 prefetcht0      [r8+440]
00be vmovdqu32       zmm5, [r8+100]
00c5 prefetcht0      [r8+500]
00cd vpbroadcastd    zmm6, [rsi+4]
00d4 vpdpbusd        zmm0, zmm6, zmm4
00da vpdpbusd        zmm1, zmm6, zmm5
00e0 vpbroadcastd    zmm7, [rsi+10]
00e7 vpdpbusd        zmm2, zmm7, zmm4
00ed vpdpbusd        zmm3, zmm7, zmm5
00f3 vmovdqu32       zmm4, [r8+80]
00fa prefetcht0      [r8+480]
0102 vmovdqu32       zmm5, [r8+140]
0109 prefetcht0      [r8+540]
0111 vpbroadcastd    zmm6, [rsi+8]
0118 vpdpbusd        zmm0, zmm6, zmm4
011e vpdpbusd        zmm1, zmm6, zmm5
0124 vpbroadcastd    zmm7, [rsi+14]
012b vpdpbusd        zmm2, zmm7, zmm4
0131 vpdpbusd        zmm3, zmm7, zmm5
0137 mov             rdx, [rdi+30]
013b mov             rbx, [rdi+38]
013f movsxd          rax, [rdx]
0142 add             rax, rsi
0145 vmovdqu32       zmm4, [rdx+40]
014c prefetcht0      [rdx+440]
0153 vmovdqu32       zmm5, [rdx+80]
015a prefetcht0      [rdx+480]
0161 vpbroadcastd    zmm6, [rax]
0167 vpdpbusd        zmm0, zmm6, zmm4
016d vpdpbusd        zmm1, zmm6, zmm5
0173 vpbroadcastd    zmm7, [rax+0C]
017a vpdpbusd        zmm2, zmm7, zmm4
0180 vpdpbusd        zmm3, zmm7, zmm5
0186 add             rdx, 0C0
018d dec             rbx
0190 jne             short 000000000000013F
0192 vmovdqu32       zmm4, [r10+40]
0199 vmovdqu32       zmm5, [r10]
019f vcvtdq2ps       zmm0, zmm0
01a5 vmovaps         zmm31, zmm0
01ab vpternlogd      zmm31, zmm30, [r9+80], 0EA
01b3 vfmadd132ps     zmm0, zmm31, [r9+40]
01ba vcvtps2dq       zmm0, zmm0
01c0 vpcmpeqd        k2, zmm1, [r9+280]
01c7 vpcmpeqd        k3, zmm1, [r9+300]
01ce vcvtdq2ps       zmm1, zmm1
01d4 vmovaps         zmm31, zmm1
01da vpternlogd      zmm31, zmm30, [r9+240], 0EA
01e2 vfmadd132ps     zmm1, zmm31, [r9+200]
01e9 vcvtps2dq       zmm1, zmm1
01ef vpaddd          zmm1{k2}, zmm1, [r9+2C0]
01f6 vpaddd          zmm1{k3}, zmm1, [r9+340]
01fd vpackssdw       zmm0, zmm0, zmm1
0203 vpaddsw         zmm0, zmm0, zmm4
0209 vpacksswb       zmm0, zmm0, zmm0
020f vpmaxsb         zmm0, zmm0, [r10+80]
0216 vpminsb         zmm0, zmm0, [r10+0C0]
021d vpermd          zmm0, zmm5, zmm0
0223 vmovdqu8        [rcx]{k1}, zmm0
0229 vcvtdq2ps       zmm2, zmm2
022f vmovaps         zmm31, zmm2
0235 vpternlogd      zmm31, zmm30, [r9+80], 0EA
023d vfmadd132ps     zmm2, zmm31, [r9+40]
0244 vcvtps2dq       zmm2, zmm2
024a vpcmpeqd        k2, zmm3, [r9+280]
0251 vpcmpeqd        k3, zmm3, [r9+300]
0258 vcvtdq2ps       zmm3, zmm3
025e vmovaps         zmm31, zmm3
0264 vpternlogd      zmm31, zmm30, [r9+240], 0EA
026c vfmadd132ps     zmm3, zmm31, [r9+200]
0273 vcvtps2dq       zmm3, zmm3
0279 vpaddd          zmm3{k2}, zmm3, [r9+2C0]
0280 vpaddd          zmm3{k3}, zmm3, [r9+340]
0287 vpackssdw       zmm2, zmm2, zmm3
028d vpaddsw         zmm2, zmm2, zmm4
0293 vpacksswb       zmm2, zmm2, zmm2
0299 vpmaxsb         zmm2, zmm2, [r10+80]
02a0 vpminsb         zmm2, zmm2, [r10+0C0]
02a7 vpermd          zmm2, zmm5, zmm2
02ad vmovdqu8        [rcx+18]{k1}, zmm2
02b7 add             rsi, 18
02bb add             rcx, 30
02bf sub             r11, 2
02c3 jg              near 0000000000000032
02c9 vzeroupper
02cc pop             rbx
02cd ret
