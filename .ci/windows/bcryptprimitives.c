/* For wine 8, which lacks this library: what Rust's standard library asks it for is had from an older one. Windows itself
   has had it since Windows 8. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) {
    return RtlGenRandom(bytes, (ULONG)length);
}
