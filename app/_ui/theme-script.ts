/**
 * Runs before the first paint, so that a dark page does not flash white, and follows the system on pages that do
 * not use theme.ts, such as the sign-in. The same rule as there.
 */
export const themeScript = `(function(){var m=matchMedia('(prefers-color-scheme: light)');function f(){var c;
try{c=localStorage.getItem('parley-theme')}catch(e){}
if(c!=='dark'&&c!=='light')c=m.matches?'light':'dark';
document.documentElement.dataset.theme=c}f();m.addEventListener('change',f)})()`;
