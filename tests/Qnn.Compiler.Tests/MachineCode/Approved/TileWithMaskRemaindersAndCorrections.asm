0000 push            rbx
0001 push            rbp
0002 mov             rsi, [rdi]
0005 mov             rcx, [rdi+8]
0009 mov             r8, [rdi+10]
000d mov             r9, [rdi+18]
0011 mov             r10, [rdi+20]
0015 mov             r11, [rdi+28]
0019 mov             rax, 0FFFFFF
0023 kmovq           k1, rax
0028 mov             eax, 80000000
002d vpbroadcastd    zmm30, eax
0033 vmovdqu32       zmm29, [r10]
0039 cmp             r11, 2
003d jge             short 000000000000005B
003f mov             eax, 2
0044 sub             rax, r11
0047 imul            rbx, rax, 0C
004b sub             rsi, rbx
004e imul            rbx, rax, 18
0052 sub             rcx, rbx
0055 mov             r11d, 2
005b vmovdqu32       zmm0, [r9]
0061 vmovdqa32       zmm2, zmm0
0067 vmovdqu32       ymm1, [r9+1C0]
006e vmovdqa32       ymm3, ymm1
0074 vmovdqu32       zmm4, [r8]
007a prefetcht0      [r8+400]
0082 vmovdqu32       ymm5, [r8+0C0]
0089 prefetcht0      [r8+4C0]
0091 vpbroadcastd    zmm6, [rsi]
0097 vpdpbusd        zmm0, zmm6, zmm4
009d vpdpbusd        ymm1, ymm6, ymm5
00a3 vpbroadcastd    zmm6, [rsi+0C]
00aa vpdpbusd        zmm2, zmm6, zmm4
00b0 vpdpbusd        ymm3, ymm6, ymm5
00b6 vmovdqu32       zmm4, [r8+40]
00bd prefetcht0      [r8+440]
00c5 vmovdqu32       ymm5, [r8+100]
00cc prefetcht0      [r8+500]
00d4 vpbroadcastd    zmm6, [rsi+4]
00db vpdpbusd        zmm0, zmm6, zmm4
00e1 vpdpbusd        ymm1, ymm6, ymm5
00e7 vpbroadcastd    zmm6, [rsi+10]
00ee vpdpbusd        zmm2, zmm6, zmm4
00f4 vpdpbusd        ymm3, ymm6, ymm5
00fa vmovdqu32       zmm4, [r8+80]
0101 prefetcht0      [r8+480]
0109 vmovdqu32       ymm5, [r8+140]
0110 prefetcht0      [r8+540]
0118 vpbroadcastd    zmm6, [rsi+8]
011f vpdpbusd        zmm0, zmm6, zmm4
0125 vpdpbusd        ymm1, ymm6, ymm5
012b vpbroadcastd    zmm6, [rsi+14]
0132 vpdpbusd        zmm2, zmm6, zmm4
0138 vpdpbusd        ymm3, ymm6, ymm5
013e mov             rdx, [rdi+30]
0142 mov             rbx, [rdi+38]
0146 movsxd          rax, [rdx]
0149 add             rax, rsi
014c vmovdqu32       zmm4, [rdx+40]
0153 prefetcht0      [rdx+440]
015a vmovdqu32       ymm5, [rdx+80]
0161 prefetcht0      [rdx+480]
0168 vpbroadcastd    zmm6, [rax]
016e vpdpbusd        zmm0, zmm6, zmm4
0174 vpdpbusd        ymm1, ymm6, ymm5
017a vpbroadcastd    zmm6, [rax+0C]
0181 vpdpbusd        zmm2, zmm6, zmm4
0187 vpdpbusd        ymm3, ymm6, ymm5
018d add             rdx, 0C0
0194 dec             rbx
0197 jne             short 0000000000000146
0199 vcvtdq2ps       zmm0, zmm0
019f vmovaps         zmm31, zmm0
01a5 vpternlogd      zmm31, zmm30, [r9+80], 0EA
01ad vfmadd132ps     zmm0, zmm31, [r9+40]
01b4 vcvtps2dq       zmm0, zmm0
01ba vpcmpeqd        k2, ymm1, [r9+280]
01c1 vpcmpeqd        k3, ymm1, [r9+300]
01c8 vcvtdq2ps       ymm1, ymm1
01ce vmovaps         ymm31, ymm1
01d4 vpternlogd      ymm31, ymm30, [r9+240], 0EA
01dc vfmadd132ps     ymm1, ymm31, [r9+200]
01e3 vcvtps2dq       ymm1, ymm1
01e9 vpaddd          ymm1{k2}, ymm1, [r9+2C0]
01f0 vpaddd          ymm1{k3}, ymm1, [r9+340]
01f7 vpackssdw       zmm0, zmm0, zmm1
01fd vpaddsw         zmm0, zmm0, [r10+40]
0204 vpacksswb       zmm0, zmm0, zmm0
020a vpmaxsb         zmm0, zmm0, [r10+80]
0211 vpminsb         zmm0, zmm0, [r10+0C0]
0218 vpermd          zmm0, zmm29, zmm0
021e vmovdqu8        [rcx]{k1}, ymm0
0224 vcvtdq2ps       zmm2, zmm2
022a vmovaps         zmm31, zmm2
0230 vpternlogd      zmm31, zmm30, [r9+80], 0EA
0238 vfmadd132ps     zmm2, zmm31, [r9+40]
023f vcvtps2dq       zmm2, zmm2
0245 vpcmpeqd        k2, ymm3, [r9+280]
024c vpcmpeqd        k3, ymm3, [r9+300]
0253 vcvtdq2ps       ymm3, ymm3
0259 vmovaps         ymm31, ymm3
025f vpternlogd      ymm31, ymm30, [r9+240], 0EA
0267 vfmadd132ps     ymm3, ymm31, [r9+200]
026e vcvtps2dq       ymm3, ymm3
0274 vpaddd          ymm3{k2}, ymm3, [r9+2C0]
027b vpaddd          ymm3{k3}, ymm3, [r9+340]
0282 vpackssdw       zmm2, zmm2, zmm3
0288 vpaddsw         zmm2, zmm2, [r10+40]
028f vpacksswb       zmm2, zmm2, zmm2
0295 vpmaxsb         zmm2, zmm2, [r10+80]
029c vpminsb         zmm2, zmm2, [r10+0C0]
02a3 vpermd          zmm2, zmm29, zmm2
02a9 vmovdqu8        [rcx+18]{k1}, ymm2
02b3 add             rsi, 18
02b7 add             rcx, 30
02bb sub             r11, 2
02bf jg              near 0000000000000039
02c5 vzeroupper
02c8 pop             rbp
02c9 pop             rbx
02ca ret
