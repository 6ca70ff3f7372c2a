/** What somebody's login page sends in the place of a picture. */
export const notAnImage = '<!DOCTYPE html><html><body>Sign in to go on</body></html>';
