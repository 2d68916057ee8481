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
0073 vmovdqu32       zmm5, [r8+0C0]
007a vpbroadcastd    zmm6, [rsi]
0080 vpdpbusd        zmm0, zmm6, zmm4
0086 vpdpbusd        zmm1, zmm6, zmm5
008c vpbroadcastd    zmm7, [rsi+0C]
0093 vpdpbusd        zmm2, zmm7, zmm4
0099 vpdpbusd        zmm3, zmm7, zmm5
009f vmovdqu32       zmm4, [r8+40]
00a6 vmovdqu32       zmm5, [r8+100]
00ad vpbroadcastd    zmm6, [rsi+4]
00b4 vpdpbusd        zmm0, zmm6, zmm4
00ba vpdpbusd        zmm1, zmm6, zmm5
00c0 vpbroadcastd    zmm7, [rsi+10]
00c7 vpdpbusd        zmm2, zmm7, zmm4
00cd vpdpbusd        zmm3, zmm7, zmm5
00d3 vmovdqu32       zmm4, [r8+80]
00da vmovdqu32       zmm5, [r8+140]
00e1 vpbroadcastd    zmm6, [rsi+8]
00e8 vpdpbusd        zmm0, zmm6, zmm4
00ee vpdpbusd        zmm1, zmm6, zmm5
00f4 vpbroadcastd    zmm7, [rsi+14]
00fb vpdpbusd        zmm2, zmm7, zmm4
0101 vpdpbusd        zmm3, zmm7, zmm5
0107 mov             rdx, [rdi+30]
010b mov             rbx, [rdi+38]
010f movsxd          rax, [rdx]
0112 add             rax, rsi
0115 vmovdqu32       zmm4, [rdx+40]
011c vmovdqu32       zmm5, [rdx+80]
0123 vpbroadcastd    zmm6, [rax]
0129 vpdpbusd        zmm0, zmm6, zmm4
012f vpdpbusd        zmm1, zmm6, zmm5
0135 vpbroadcastd    zmm7, [rax+0C]
013c vpdpbusd        zmm2, zmm7, zmm4
0142 vpdpbusd        zmm3, zmm7, zmm5
0148 add             rdx, 0C0
014f dec             rbx
0152 jne             short 000000000000010F
0154 vmovdqu32       zmm4, [r10+40]
015b vmovdqu32       zmm5, [r10]
0161 vcvtdq2ps       zmm0, zmm0
0167 vmovaps         zmm31, zmm0
016d vpternlogd      zmm31, zmm30, [r9+80], 0EA
0175 vfmadd132ps     zmm0, zmm31, [r9+40]
017c vcvtps2dq       zmm0, zmm0
0182 vpcmpeqd        k2, zmm1, [r9+280]
0189 vpcmpeqd        k3, zmm1, [r9+300]
0190 vcvtdq2ps       zmm1, zmm1
0196 vmovaps         zmm31, zmm1
019c vpternlogd      zmm31, zmm30, [r9+240], 0EA
01a4 vfmadd132ps     zmm1, zmm31, [r9+200]
01ab vcvtps2dq       zmm1, zmm1
01b1 vpaddd          zmm1{k2}, zmm1, [r9+2C0]
01b8 vpaddd          zmm1{k3}, zmm1, [r9+340]
01bf vpackssdw       zmm0, zmm0, zmm1
01c5 vpaddsw         zmm0, zmm0, zmm4
01cb vpacksswb       zmm0, zmm0, zmm0
01d1 vpmaxsb         zmm0, zmm0, [r10+80]
01d8 vpminsb         zmm0, zmm0, [r10+0C0]
01df vpermd          zmm0, zmm5, zmm0
01e5 vmovdqu8        [rcx]{k1}, zmm0
01eb vcvtdq2ps       zmm2, zmm2
01f1 vmovaps         zmm31, zmm2
01f7 vpternlogd      zmm31, zmm30, [r9+80], 0EA
01ff vfmadd132ps     zmm2, zmm31, [r9+40]
0206 vcvtps2dq       zmm2, zmm2
020c vpcmpeqd        k2, zmm3, [r9+280]
0213 vpcmpeqd        k3, zmm3, [r9+300]
021a vcvtdq2ps       zmm3, zmm3
0220 vmovaps         zmm31, zmm3
0226 vpternlogd      zmm31, zmm30, [r9+240], 0EA
022e vfmadd132ps     zmm3, zmm31, [r9+200]
0235 vcvtps2dq       zmm3, zmm3
023b vpaddd          zmm3{k2}, zmm3, [r9+2C0]
0242 vpaddd          zmm3{k3}, zmm3, [r9+340]
0249 vpackssdw       zmm2, zmm2, zmm3
024f vpaddsw         zmm2, zmm2, zmm4
0255 vpacksswb       zmm2, zmm2, zmm2
025b vpmaxsb         zmm2, zmm2, [r10+80]
0262 vpminsb         zmm2, zmm2, [r10+0C0]
0269 vpermd          zmm2, zmm5, zmm2
026f vmovdqu8        [rcx+18]{k1}, zmm2
0279 add             rsi, 18
027d add             rcx, 30
0281 sub             r11, 2
0285 jg              near 0000000000000032
028b vzeroupper
028e pop             rbx
028f ret
