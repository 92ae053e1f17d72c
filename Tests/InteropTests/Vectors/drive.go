// Built together with license.go of docs/verify/go.md, it takes the place of that file's main and
// prints what is decided on each line of cases.tsv.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

func init() {
	for _, row := range rows("settings.tsv") {
		switch row[0] {
		case "released":
			released = number(row[1])
		case "leeway":
			leeway = number(row[1])
		case "withdrawn":
			withdrawn[row[1]] = true
		}
	}
	for _, row := range rows("cases.tsv") {
		perpetual = row[3] == "1"
		now := time.Unix(int64(number(row[2])), 0)
		license, err := Decide(read(row[4]), read(row[1]), now)
		if err != nil {
			panic(err)
		}
		id := "-"
		if license.State != Invalid {
			id = license.ID
		}
		fmt.Printf("%s\t%s\t%s\n", row[0], license.State, id)
	}
	os.Exit(0)
}

func rows(path string) [][]string {
	rows := [][]string{}
	for _, line := range strings.Split(strings.TrimSuffix(read(path), "\n"), "\n") {
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

func number(text string) float64 {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return number
}

func read(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(text)
}
