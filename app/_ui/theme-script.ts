/** Runs before the first paint, so that nobody is dazzled. The same rule as theme.ts. */
export const themeScript = `(function(){var c;try{c=localStorage.getItem('parley-theme')}catch(e){}
if(c!=='dark'&&c!=='light')c=matchMedia('(prefers-color-scheme: light)').matches?'light':'dark';
document.documentElement.dataset.theme=c})()`;
