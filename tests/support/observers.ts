/**
 * jsdom has no IntersectionObserver. Next looks for one when its module is loaded, which may be within a test that has a
 * stand-in, and then takes it for granted in all tests of the process.
 */
class NothingIntersects {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(globalThis, { IntersectionObserver: NothingIntersects });
