// Shows a process a smaller CPU than the machine has, so that contenders without a switch of their own (ONNX Runtime) can be held
// to AVX2, to AVX-512 without VNNI, or to VNNI without AMX, and the whole race runs as it would on such a CPU:
//
//     cc -O2 -shared -fPIC -o cpumask.so cpumask.c
//     LD_PRELOAD=$PWD/cpumask.so CPUMASK=avx2 dotnet run ...
//
// Linux on x86-64 can make CPUID fault (arch_prctl(ARCH_SET_CPUID), inherited by threads, undone by execve, so that a child sets it up
// anew). The handler runs the instruction and clears the feature bits above the level. Instructions themselves are not disabled:
// only programs that ask CPUID first, as all contenders do, are held. Needs the flag cpuid_fault in /proc/cpuinfo.
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef ARCH_SET_CPUID
#define ARCH_SET_CPUID 0x1012
#endif

typedef int (*sigaction_function)(int, const struct sigaction *, struct sigaction *);

static sigaction_function real_sigaction;
static struct sigaction next;      // What the program itself installed for SIGSEGV.
static uint32_t clear_7_ebx, clear_7_ecx, clear_7_edx, clear_71_eax, clear_71_edx;

enum { avx512_ebx = 1u << 16 | 1u << 17 | 1u << 21 | 1u << 26 | 1u << 27 | 1u << 28 | 1u << 30 | 1u << 31 };   // F DQ IFMA PF ER CD BW VL
enum { avx512_ecx = 1u << 1 | 1u << 6 | 1u << 11 | 1u << 12 | 1u << 14 };                                     // VBMI VBMI2 VNNI BITALG VPOPCNTDQ
enum { later_ecx = 1u << 8 | 1u << 9 | 1u << 10 };                                                            // GFNI VAES VPCLMULQDQ
enum { avx512_edx = 1u << 2 | 1u << 3 | 1u << 8 | 1u << 23 };                                                 // 4VNNIW 4FMAPS VP2INTERSECT FP16
enum { amx_edx = 1u << 22 | 1u << 24 | 1u << 25 };                                                            // BF16 TILE INT8
enum { vex_71_eax = 1u << 4 | 1u << 5 | 1u << 21 | 1u << 23 };                                                // AVX-VNNI AVX512-BF16 AMX-FP16 AVX-IFMA
enum { vex_71_edx = 1u << 4 | 1u << 5 | 1u << 8 | 1u << 10 | 1u << 19 };                                      // AVX-VNNI-INT8 NE-CONVERT AMX-COMPLEX AVX-VNNI-INT16 AVX10

static void on_fault(int number, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const uint8_t *code = (const uint8_t *)registers[REG_RIP];

    // A fault without an address (SI_KERNEL) is a general protection fault: the instruction itself was readable.
    if (info->si_code == SI_KERNEL && code[0] == 0x0F && code[1] == 0xA2) {
        uint32_t leaf = (uint32_t)registers[REG_RAX], subleaf = (uint32_t)registers[REG_RCX];
        uint32_t eax = leaf, ebx, ecx = subleaf, edx;
        syscall(SYS_arch_prctl, ARCH_SET_CPUID, 1);
        __asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
        syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0);
        if (leaf == 7 && subleaf == 0) {
            ebx &= ~clear_7_ebx;
            ecx &= ~clear_7_ecx;
            edx &= ~clear_7_edx;
        }

        if (leaf == 7 && subleaf == 1) {
            eax &= ~clear_71_eax;
            edx &= ~clear_71_edx;
        }

        registers[REG_RAX] = eax;
        registers[REG_RBX] = ebx;
        registers[REG_RCX] = ecx;
        registers[REG_RDX] = edx;
        registers[REG_RIP] += 2;
        return;
    }

    if (next.sa_flags & SA_SIGINFO) {
        next.sa_sigaction(number, info, context);
    } else if (next.sa_handler != SIG_DFL && next.sa_handler != SIG_IGN) {
        next.sa_handler(number);
    } else {
        real_sigaction(number, &next, NULL);    // The instruction faults again, without this handler.
    }
}

// .NET's runtime installs a handler of its own: it is called for all faults that are not CPUID's.
int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
    if (!real_sigaction) {
        real_sigaction = (sigaction_function)dlsym(RTLD_NEXT, "sigaction");
    }

    if (number != SIGSEGV) {
        return real_sigaction(number, action, old);
    }

    if (old) {
        *old = next;
    }

    if (action) {
        next = *action;
    }

    return 0;
}

__attribute__((constructor)) static void start(void)
{
    const char *level = getenv("CPUMASK");
    if (!level) {
        return;
    }

    clear_7_edx = amx_edx;
    clear_71_eax = 1u << 21;
    clear_71_edx = 1u << 8;
    if (!strcmp(level, "avx2")) {
        clear_7_ebx = avx512_ebx;
        clear_7_ecx = avx512_ecx | later_ecx;
        clear_7_edx |= avx512_edx;
        clear_71_eax = vex_71_eax;
        clear_71_edx = vex_71_edx;
    } else if (!strcmp(level, "avx512")) {    // Skylake: F CD BW DQ VL.
        clear_7_ecx = avx512_ecx | later_ecx;
        clear_7_edx |= avx512_edx;
        clear_71_eax = vex_71_eax;
        clear_71_edx = vex_71_edx;
    } else if (strcmp(level, "vnni")) {
        fprintf(stderr, "cpumask: CPUMASK is avx2, avx512 or vnni, not '%s'\n", level);
        _exit(2);
    }

    struct sigaction action = {0};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigaction(SIGSEGV, NULL, NULL);
    real_sigaction(SIGSEGV, &action, &next);
    if (syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0) != 0) {
        fprintf(stderr, "cpumask: this system does not let CPUID fault\n");
        _exit(2);
    }
}
