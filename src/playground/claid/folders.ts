/** Where temporary pictures and the objects of a bucket stand on the picture server. */
export const tmpFolder = '/production-leapi-tmp-public/';
export const bucketsFolder = '/buckets/';
export const bucketFolder = (bucket: string): string => `${bucketsFolder}${bucket}/`;
