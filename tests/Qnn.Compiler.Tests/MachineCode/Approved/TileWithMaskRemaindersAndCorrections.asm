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
0032 vmovdqu32       zmm29, [r10]
0038 cmp             r11, 2
003c jge             short 000000000000005A
003e mov             eax, 2
0043 sub             rax, r11
0046 imul            rbx, rax, 0C
004a sub             rsi, rbx
004d imul            rbx, rax, 18
0051 sub             rcx, rbx
0054 mov             r11d, 2
005a vmovdqu32       zmm0, [r9]
0060 vmovdqa32       zmm2, zmm0
0066 vmovdqu32       ymm1, [r9+1C0]
006d vmovdqa32       ymm3, ymm1
0073 vmovdqu32       zmm4, [r8]
0079 prefetcht0      [r8+400]
0081 vmovdqu32       ymm5, [r8+0C0]
0088 prefetcht0      [r8+4C0]
0090 vpbroadcastd    zmm6, [rsi]
0096 vpdpbusd        zmm0, zmm6, zmm4
009c vpdpbusd        ymm1, ymm6, ymm5
00a2 vpbroadcastd    zmm6, [rsi+0C]
00a9 vpdpbusd        zmm2, zmm6, zmm4
00af vpdpbusd        ymm3, ymm6, ymm5
00b5 vmovdqu32       zmm4, [r8+40]
00bc prefetcht0      [r8+440]
00c4 vmovdqu32       ymm5, [r8+100]
00cb prefetcht0      [r8+500]
00d3 vpbroadcastd    zmm6, [rsi+4]
00da vpdpbusd        zmm0, zmm6, zmm4
00e0 vpdpbusd        ymm1, ymm6, ymm5
00e6 vpbroadcastd    zmm6, [rsi+10]
00ed vpdpbusd        zmm2, zmm6, zmm4
00f3 vpdpbusd        ymm3, ymm6, ymm5
00f9 vmovdqu32       zmm4, [r8+80]
0100 prefetcht0      [r8+480]
0108 vmovdqu32       ymm5, [r8+140]
010f prefetcht0      [r8+540]
0117 vpbroadcastd    zmm6, [rsi+8]
011e vpdpbusd        zmm0, zmm6, zmm4
0124 vpdpbusd        ymm1, ymm6, ymm5
012a vpbroadcastd    zmm6, [rsi+14]
0131 vpdpbusd        zmm2, zmm6, zmm4
0137 vpdpbusd        ymm3, ymm6, ymm5
013d mov             rdx, [rdi+30]
0141 mov             rbx, [rdi+38]
0145 movsxd          rax, [rdx]
0148 add             rax, rsi
014b vmovdqu32       zmm4, [rdx+40]
0152 prefetcht0      [rdx+440]
0159 vmovdqu32       ymm5, [rdx+80]
0160 prefetcht0      [rdx+480]
0167 vpbroadcastd    zmm6, [rax]
016d vpdpbusd        zmm0, zmm6, zmm4
0173 vpdpbusd        ymm1, ymm6, ymm5
0179 vpbroadcastd    zmm6, [rax+0C]
0180 vpdpbusd        zmm2, zmm6, zmm4
0186 vpdpbusd        ymm3, ymm6, ymm5
018c add             rdx, 0C0
0193 dec             rbx
0196 jne             short 0000000000000145
0198 vcvtdq2ps       zmm0, zmm0
019e vmovaps         zmm31, zmm0
01a4 vpternlogd      zmm31, zmm30, [r9+80], 0EA
01ac vfmadd132ps     zmm0, zmm31, [r9+40]
01b3 vcvtps2dq       zmm0, zmm0
01b9 vpcmpeqd        k2, ymm1, [r9+280]
01c0 vpcmpeqd        k3, ymm1, [r9+300]
01c7 vcvtdq2ps       ymm1, ymm1
01cd vmovaps         ymm31, ymm1
01d3 vpternlogd      ymm31, ymm30, [r9+240], 0EA
01db vfmadd132ps     ymm1, ymm31, [r9+200]
01e2 vcvtps2dq       ymm1, ymm1
01e8 vpaddd          ymm1{k2}, ymm1, [r9+2C0]
01ef vpaddd          ymm1{k3}, ymm1, [r9+340]
01f6 vpackssdw       zmm0, zmm0, zmm1
01fc vpaddsw         zmm0, zmm0, [r10+40]
0203 vpacksswb       zmm0, zmm0, zmm0
0209 vpmaxsb         zmm0, zmm0, [r10+80]
0210 vpminsb         zmm0, zmm0, [r10+0C0]
0217 vpermd          zmm0, zmm29, zmm0
021d vmovdqu8        [rcx]{k1}, ymm0
0223 vcvtdq2ps       zmm2, zmm2
0229 vmovaps         zmm31, zmm2
022f vpternlogd      zmm31, zmm30, [r9+80], 0EA
0237 vfmadd132ps     zmm2, zmm31, [r9+40]
023e vcvtps2dq       zmm2, zmm2
0244 vpcmpeqd        k2, ymm3, [r9+280]
024b vpcmpeqd        k3, ymm3, [r9+300]
0252 vcvtdq2ps       ymm3, ymm3
0258 vmovaps         ymm31, ymm3
025e vpternlogd      ymm31, ymm30, [r9+240], 0EA
0266 vfmadd132ps     ymm3, ymm31, [r9+200]
026d vcvtps2dq       ymm3, ymm3
0273 vpaddd          ymm3{k2}, ymm3, [r9+2C0]
027a vpaddd          ymm3{k3}, ymm3, [r9+340]
0281 vpackssdw       zmm2, zmm2, zmm3
0287 vpaddsw         zmm2, zmm2, [r10+40]
028e vpacksswb       zmm2, zmm2, zmm2
0294 vpmaxsb         zmm2, zmm2, [r10+80]
029b vpminsb         zmm2, zmm2, [r10+0C0]
02a2 vpermd          zmm2, zmm29, zmm2
02a8 vmovdqu8        [rcx+18]{k1}, ymm2
02b2 add             rsi, 18
02b6 add             rcx, 30
02ba sub             r11, 2
02be jg              near 0000000000000038
02c4 vzeroupper
02c7 pop             rbx
02c8 ret
