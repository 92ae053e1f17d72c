// Asks golang-jwt about each line of cases.tsv: see libraries.py.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/golang-jwt/jwt/v4"
)

func main() {
	cases, err := os.ReadFile("cases.tsv")
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(cases)), "\n") {
		row := strings.Split(line, "\t")
		if err := check(row[1], row[2], row[3]); err != nil {
			fmt.Printf("%s\tno\t%s\n", row[0], err)
		} else {
			fmt.Printf("%s\tyes\t\n", row[0])
		}
	}
}

func check(algorithm, keys, token string) error {
	if keys != "pem" {
		return errors.New("the library knows no key sets")
	}
	pem, err := os.ReadFile("public-key.pem")
	if err != nil {
		return err
	}
	key, err := jwt.ParseEdPublicKeyFromPEM(pem)
	if err != nil {
		return err
	}
	find := func(*jwt.Token) (any, error) { return key, nil }
	_, err = jwt.Parse(token, find, jwt.WithValidMethods([]string{algorithm}))
	if errors.Is(err, jwt.ErrTokenExpired) {
		return fmt.Errorf("%w; errors.Is finds it expired", err)
	}
	return err
}
