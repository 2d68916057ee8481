0000 mov             rax, [rdi]
0003 mov             rdx, [rdi+8]
0007 mov             rsi, [rdi+10]
000b mov             r8, [rdi+18]
000f mov             rcx, [rdi+20]
0013 movsxd          r9, [rdi+28]
0017 lea             r10, [rsi+rcx*2]
001b add             r10, rcx
001e lea             r11, [r8+rcx*2]
0022 add             r11, rcx
0025 vpxord          zmm0, zmm0, zmm0
002b vpxord          zmm1, zmm1, zmm1
0031 vpxord          zmm2, zmm2, zmm2
0037 vpxord          zmm3, zmm3, zmm3
003d vpxord          zmm4, zmm4, zmm4
0043 vpxord          zmm5, zmm5, zmm5
0049 vpxord          zmm6, zmm6, zmm6
004f vpxord          zmm7, zmm7, zmm7
0055 vpxord          zmm8, zmm8, zmm8
005b vpxord          zmm9, zmm9, zmm9
0061 vpxord          zmm10, zmm10, zmm10
0067 vpxord          zmm11, zmm11, zmm11
006d vpxord          zmm12, zmm12, zmm12
0073 vpxord          zmm13, zmm13, zmm13
0079 vpxord          zmm14, zmm14, zmm14
007f vpxord          zmm15, zmm15, zmm15
0085 mov             r9d, 0F0F0F0F
008b vpbroadcastd    zmm18, r9d
0091 movsxd          r9, [rdi+28]
0095 cmp             r9, 0
0099 jle             near 0000000000000430
009f vmovups         zmm19, [rdx]
00a5 vpbroadcastd    zmm20, [r8]
00ab vmulps          zmm20, zmm19, zmm20
00b1 vpbroadcastd    zmm21, [r8+rcx]
00b8 vmulps          zmm21, zmm19, zmm21
00be vpbroadcastd    zmm22, [r8+rcx*2]
00c5 vmulps          zmm22, zmm19, zmm22
00cb vpbroadcastd    zmm23, [r11]
00d1 vmulps          zmm23, zmm19, zmm23
00d7 vmovdqu32       zmm16, [rax]
00dd vpsrld          zmm17, zmm16, 4
00e4 vpandd          zmm16, zmm16, zmm18
00ea vpandd          zmm17, zmm17, zmm18
00f0 vpbroadcastd    zmm28, [rsi]
00f6 vpbroadcastd    zmm29, [rsi+4]
00fd vpxord          zmm24, zmm24, zmm24
0103 vpdpbusd        zmm24, zmm16, zmm28
0109 vpdpbusd        zmm24, zmm17, zmm29
010f vpbroadcastd    zmm30, [rsi+rcx]
0116 vpbroadcastd    zmm31, [rsi+rcx+4]
011e vpxord          zmm25, zmm25, zmm25
0124 vpdpbusd        zmm25, zmm16, zmm30
012a vpdpbusd        zmm25, zmm17, zmm31
0130 vpbroadcastd    zmm28, [rsi+rcx*2]
0137 vpbroadcastd    zmm29, [rsi+rcx*2+4]
013f vpxord          zmm26, zmm26, zmm26
0145 vpdpbusd        zmm26, zmm16, zmm28
014b vpdpbusd        zmm26, zmm17, zmm29
0151 vpbroadcastd    zmm30, [r10]
0157 vpbroadcastd    zmm31, [r10+4]
015e vpxord          zmm27, zmm27, zmm27
0164 vpdpbusd        zmm27, zmm16, zmm30
016a vpdpbusd        zmm27, zmm17, zmm31
0170 vcvtdq2ps       zmm24, zmm24
0176 vfmadd231ps     zmm0, zmm24, zmm20
017c vcvtdq2ps       zmm25, zmm25
0182 vfmadd231ps     zmm1, zmm25, zmm21
0188 vcvtdq2ps       zmm26, zmm26
018e vfmadd231ps     zmm2, zmm26, zmm22
0194 vcvtdq2ps       zmm27, zmm27
019a vfmadd231ps     zmm3, zmm27, zmm23
01a0 vmovdqu32       zmm16, [rax+40]
01a7 vpsrld          zmm17, zmm16, 4
01ae vpandd          zmm16, zmm16, zmm18
01b4 vpandd          zmm17, zmm17, zmm18
01ba vpbroadcastd    zmm28, [rsi+8]
01c1 vpbroadcastd    zmm29, [rsi+0C]
01c8 vpxord          zmm24, zmm24, zmm24
01ce vpdpbusd        zmm24, zmm16, zmm28
01d4 vpdpbusd        zmm24, zmm17, zmm29
01da vpbroadcastd    zmm30, [rsi+rcx+8]
01e2 vpbroadcastd    zmm31, [rsi+rcx+0C]
01ea vpxord          zmm25, zmm25, zmm25
01f0 vpdpbusd        zmm25, zmm16, zmm30
01f6 vpdpbusd        zmm25, zmm17, zmm31
01fc vpbroadcastd    zmm28, [rsi+rcx*2+8]
0204 vpbroadcastd    zmm29, [rsi+rcx*2+0C]
020c vpxord          zmm26, zmm26, zmm26
0212 vpdpbusd        zmm26, zmm16, zmm28
0218 vpdpbusd        zmm26, zmm17, zmm29
021e vpbroadcastd    zmm30, [r10+8]
0225 vpbroadcastd    zmm31, [r10+0C]
022c vpxord          zmm27, zmm27, zmm27
0232 vpdpbusd        zmm27, zmm16, zmm30
0238 vpdpbusd        zmm27, zmm17, zmm31
023e vcvtdq2ps       zmm24, zmm24
0244 vfmadd231ps     zmm4, zmm24, zmm20
024a vcvtdq2ps       zmm25, zmm25
0250 vfmadd231ps     zmm5, zmm25, zmm21
0256 vcvtdq2ps       zmm26, zmm26
025c vfmadd231ps     zmm6, zmm26, zmm22
0262 vcvtdq2ps       zmm27, zmm27
0268 vfmadd231ps     zmm7, zmm27, zmm23
026e vmovdqu32       zmm16, [rax+80]
0275 vpsrld          zmm17, zmm16, 4
027c vpandd          zmm16, zmm16, zmm18
0282 vpandd          zmm17, zmm17, zmm18
0288 vpbroadcastd    zmm28, [rsi+10]
028f vpbroadcastd    zmm29, [rsi+14]
0296 vpxord          zmm24, zmm24, zmm24
029c vpdpbusd        zmm24, zmm16, zmm28
02a2 vpdpbusd        zmm24, zmm17, zmm29
02a8 vpbroadcastd    zmm30, [rsi+rcx+10]
02b0 vpbroadcastd    zmm31, [rsi+rcx+14]
02b8 vpxord          zmm25, zmm25, zmm25
02be vpdpbusd        zmm25, zmm16, zmm30
02c4 vpdpbusd        zmm25, zmm17, zmm31
02ca vpbroadcastd    zmm28, [rsi+rcx*2+10]
02d2 vpbroadcastd    zmm29, [rsi+rcx*2+14]
02da vpxord          zmm26, zmm26, zmm26
02e0 vpdpbusd        zmm26, zmm16, zmm28
02e6 vpdpbusd        zmm26, zmm17, zmm29
02ec vpbroadcastd    zmm30, [r10+10]
02f3 vpbroadcastd    zmm31, [r10+14]
02fa vpxord          zmm27, zmm27, zmm27
0300 vpdpbusd        zmm27, zmm16, zmm30
0306 vpdpbusd        zmm27, zmm17, zmm31
030c vcvtdq2ps       zmm24, zmm24
0312 vfmadd231ps     zmm8, zmm24, zmm20
0318 vcvtdq2ps       zmm25, zmm25
031e vfmadd231ps     zmm9, zmm25, zmm21
0324 vcvtdq2ps       zmm26, zmm26
032a vfmadd231ps     zmm10, zmm26, zmm22
0330 vcvtdq2ps       zmm27, zmm27
0336 vfmadd231ps     zmm11, zmm27, zmm23
033c vmovdqu32       zmm16, [rax+0C0]
0343 vpsrld          zmm17, zmm16, 4
034a vpandd          zmm16, zmm16, zmm18
0350 vpandd          zmm17, zmm17, zmm18
0356 vpbroadcastd    zmm28, [rsi+18]
035d vpbroadcastd    zmm29, [rsi+1C]
0364 vpxord          zmm24, zmm24, zmm24
036a vpdpbusd        zmm24, zmm16, zmm28
0370 vpdpbusd        zmm24, zmm17, zmm29
0376 vpbroadcastd    zmm30, [rsi+rcx+18]
037e vpbroadcastd    zmm31, [rsi+rcx+1C]
0386 vpxord          zmm25, zmm25, zmm25
038c vpdpbusd        zmm25, zmm16, zmm30
0392 vpdpbusd        zmm25, zmm17, zmm31
0398 vpbroadcastd    zmm28, [rsi+rcx*2+18]
03a0 vpbroadcastd    zmm29, [rsi+rcx*2+1C]
03a8 vpxord          zmm26, zmm26, zmm26
03ae vpdpbusd        zmm26, zmm16, zmm28
03b4 vpdpbusd        zmm26, zmm17, zmm29
03ba vpbroadcastd    zmm30, [r10+18]
03c1 vpbroadcastd    zmm31, [r10+1C]
03c8 vpxord          zmm27, zmm27, zmm27
03ce vpdpbusd        zmm27, zmm16, zmm30
03d4 vpdpbusd        zmm27, zmm17, zmm31
03da vcvtdq2ps       zmm24, zmm24
03e0 vfmadd231ps     zmm12, zmm24, zmm20
03e6 vcvtdq2ps       zmm25, zmm25
03ec vfmadd231ps     zmm13, zmm25, zmm21
03f2 vcvtdq2ps       zmm26, zmm26
03f8 vfmadd231ps     zmm14, zmm26, zmm22
03fe vcvtdq2ps       zmm27, zmm27
0404 vfmadd231ps     zmm15, zmm27, zmm23
040a add             rax, 100
0410 add             rdx, 100
0417 add             rsi, 20
041b add             r8, 10
041f add             r10, 20
0423 add             r11, 10
0427 dec             r9
042a jne             near 000000000000009F
0430 mov             rdx, [rdi+38]
0434 movsxd          rax, [rdi+40]
0438 vmovups         [rdx+rax*4], zmm0
043f vmovups         [rdx+rax*4+400], zmm1
0447 vmovups         [rdx+rax*4+800], zmm2
044f vmovups         [rdx+rax*4+0C00], zmm3
0457 movsxd          rax, [rdi+44]
045b vmovups         [rdx+rax*4], zmm4
0462 vmovups         [rdx+rax*4+400], zmm5
046a vmovups         [rdx+rax*4+800], zmm6
0472 vmovups         [rdx+rax*4+0C00], zmm7
047a movsxd          rax, [rdi+48]
047e vmovups         [rdx+rax*4], zmm8
0485 vmovups         [rdx+rax*4+400], zmm9
048d vmovups         [rdx+rax*4+800], zmm10
0495 vmovups         [rdx+rax*4+0C00], zmm11
049d movsxd          rax, [rdi+4C]
04a1 vmovups         [rdx+rax*4], zmm12
04a8 vmovups         [rdx+rax*4+400], zmm13
04b0 vmovups         [rdx+rax*4+800], zmm14
04b8 vmovups         [rdx+rax*4+0C00], zmm15
04c0 vzeroupper
04c3 ret
