import { ValidateBy } from 'class-validator';

/**
 * A validator from one function that names the fault of a value, in the language of the request, or finds none.
 * @param name the constraint's name in class-validator's errors
 */
export function Check(name: string, faultOf: (value: unknown) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value) => faultOf(value) === undefined,
      defaultMessage: (found) => faultOf(found?.value) ?? '',
    },
  });
}
